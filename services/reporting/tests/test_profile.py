import re
from pathlib import Path

import pytest

from services.reporting.house import House
from services.reporting.profile import load_houses
from shared.configuration import ProfilesError

HOUSES = Path(__file__).parents[3] / "houses"


def test_the_shipped_profile_is_read() -> None:
    house = load_houses(HOUSES)["hollands-midden"]
    assert house.places[-2:] == ("Buiten regio", "Geen GBA")
    assert list(dict.fromkeys(house.decisions.values())) == [
        "focus_or_top60",
        "aftercare",
        "bilateral",
        "voluntary_trajectory",
        "escalate",
        "no_follow_up",
    ]
    assert list(house.columns.items()) == [("aftercare", "aftercare"), ("focus_or_top60", "focus")]
    assert house.scored_figures == ("focus_or_top60",)
    assert house.escalating == {"escalate"}
    assert len(house.questions) == 5


def changed(directory: Path, old: str, new: str) -> House:
    """The shipped house with one text of its profile changed, where it first stands."""
    profile = (HOUSES / "hollands-midden.toml").read_text(encoding="utf-8")
    assert old in profile
    (directory / "hollands-midden.toml").write_text(profile.replace(old, new, 1), encoding="utf-8")
    return load_houses(directory)["hollands-midden"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('figure = "aftercare"\n', 'figure = "later"\n', "tables[2].figure: 'later' is no figure of this profile"),
        ('figure = "bilateral"\n', 'figure = "two"\n', "decisions[3].figure: 'two' is no figure of this profile"),
        ('"progress_made",', '"progress",', "tables[0].scored_on: 'progress' is no outcome question of this profile"),
        ('column = "focus"', 'column = "total"', "figures[1].column: 'total' is a key of the report already"),
        ('column = "focus"', 'column = "aftercare"', "figures[1].column: 'aftercare' is a key of the report already"),
        ('code = "bilateral"', 'code = "escalate"', "figures[4].code: 'escalate' is a key of the report already"),
        ('code = "bilateral"', 'code = "tabled_again"', "figures[2].code: 'tabled_again' is a key of the report"),
        ('code = "progress_made"', 'code = "step_2_made"', "outcome_questions[2].code: 'step_2_made' does not match"),
        (
            'code = "progress_made"',
            'code = "closed_cases_scored"',
            "outcome_questions[2].code: 'closed_cases_scored' is a key of the report already",
        ),
    ],
)
def test_what_the_report_could_not_show_is_refused(old: str, new: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(ProfilesError, match=re.escape(f"hollands-midden.toml: {told}")):
        changed(tmp_path, old, new)


def test_a_figure_without_a_table_of_its_own_is_no_column(tmp_path: Path) -> None:
    house = changed(
        tmp_path,
        '[[figures]]\ncode = "bilateral"',
        '[[figures]]\ncode = "x"\nname = "X"\n\n[[figures]]\ncode = "bilateral"',
    )
    assert "x" not in house.columns
