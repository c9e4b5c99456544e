from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain
from uuid import uuid4

import pytest

from services.reporting.counting.rules import Period
from services.reporting.factsheets.rules import Factsheet, Tabled, UnknownMunicipality, factsheet
from services.reporting.suppression.rules import Shown
from services.reporting.table_figures.rules import TableCase
from services.reporting.tests.cases import ALL_WELL, HOUSE, STUCK, YOUTH_HOUSE, table_case

YEAR = Period.of_year(2015)
PLACES = [municipality.name for municipality in HOUSE.municipalities]


def tabled(count: int, municipality: str = "Gouda", decision: str | None = "focus") -> list[Tabled]:
    """Each about another subject."""
    return [Tabled(municipality=municipality, subject_id=uuid4(), decision=decision) for _ in range(count)]


ENOUGH = [*tabled(40, "Gouda"), *tabled(30, "Leiden"), *tabled(30, "Waddinxveen"), *tabled(3, "Buiten regio")]


def of(
    municipality: str = "Gouda", tabled: Sequence[Tabled] = ENOUGH, table_cases: Sequence[TableCase] = ()
) -> Factsheet:
    return factsheet("test-house", HOUSE, YEAR, municipality, tabled, table_cases)


def of_gouda(**decisions: int) -> Factsheet:
    """With so many of each decision, beside which enough come from elsewhere; `again`: tabled besides."""
    here = [tabled(count, decision=None if code == "again" else code) for code, count in decisions.items()]
    elsewhere = [tabled(100, place) for place in PLACES if place != "Gouda"]
    return of(tabled=list(chain(*here, *elsewhere)))


def test_it_tells_how_many_were_dealt_with_and_which_part_of_the_region_that_is() -> None:
    sheet = of("Gouda")
    assert (sheet.house, sheet.year, sheet.municipality) == ("test-house", 2015, "Gouda")
    assert sheet.under_treatment["briefing"] == 40
    assert sheet.percentage_of_region["briefing"] == 40.0


def test_a_small_count_is_left_out_with_its_share_and_with_the_smallest_of_other_municipalities() -> None:
    cases = [table_case("focus", place) for place in ("Gouda",) * 4 + ("Leiden",) * 8 + ("Waddinxveen",) * 9]
    sheets = {place: of(place, table_cases=cases) for place in PLACES}
    focus = {place: sheet.under_treatment["focus_or_top60"] for place, sheet in sheets.items()}
    shares = {place: sheet.percentage_of_region["focus_or_top60"] for place, sheet in sheets.items()}
    assert focus == {"Gouda": None, "Leiden": None, "Waddinxveen": 9}
    assert shares == {"Gouda": None, "Leiden": None, "Waddinxveen": 42.9}


def test_decisions_are_counted_by_their_figure() -> None:
    sheet = of_gouda(focus=6, top60=7, aftercare=9, escalate=8, no_follow_up=11, again=10)
    assert sheet.decisions == {"focus_or_top60": 13, "aftercare": 9, "escalate": 8, "no_follow_up": 11}
    assert sheet.tabled_again == 10


def test_decisions_and_what_was_tabled_besides_have_a_known_sum() -> None:
    sheet = of_gouda(focus=13, aftercare=9, escalate=8, no_follow_up=11, again=4)
    assert sheet.tabled_again is None
    assert sheet.decisions == {"focus_or_top60": 13, "aftercare": 9, "escalate": None, "no_follow_up": 11}


def test_where_the_count_at_the_briefing_is_left_out_so_are_the_decisions() -> None:
    sheet = of("Waddinxveen", tabled=[*tabled(20, "Gouda"), *tabled(3, "Leiden"), *tabled(10, "Waddinxveen")])
    assert sheet.under_treatment["briefing"] is None
    assert set(sheet.decisions.values()) == {sheet.tabled_again} == {None}


def closed(scored: int, stuck: int, running: int) -> list[TableCase]:
    """Focus cases of the year: how many were scored, in how many of them there was no progress, how many still run."""
    outcomes = [STUCK] * stuck + [ALL_WELL] * (scored - stuck)
    ended = [table_case("focus", closed_on=date(2015, 5, 1), outcome=outcome) for outcome in outcomes]
    return [*ended, *(table_case("focus") for _ in range(running))]


def outcomes_of(cases: list[TableCase]) -> Mapping[str, Shown]:
    others = [table_case("focus", place) for place in PLACES if place != "Gouda" for _ in range(30)]
    return of(table_cases=[*cases, *others]).focus_outcomes


def test_an_outcome_is_shown_when_not_few_had_it_and_not_few_had_it_not() -> None:
    outcomes = outcomes_of(closed(scored=12, stuck=5, running=6))
    assert (outcomes["progress_made"], outcomes["closed_cases_scored"]) == (7, 12)
    assert outcomes["all_parties_cooperate"] is None
    assert outcomes_of(closed(scored=12, stuck=4, running=6))["progress_made"] is None


def test_no_outcome_is_shown_where_the_scored_cases_are_few_or_nearly_all() -> None:
    assert set(outcomes_of(closed(scored=4, stuck=2, running=20)).values()) == {None}
    assert set(outcomes_of(closed(scored=12, stuck=6, running=2)).values()) == {None}


def sheet_of_youth_house(*cases: TableCase) -> Factsheet:
    return factsheet("test-house", YOUTH_HOUSE, YEAR, "Gouda", ENOUGH, cases)


def scored_at(table: str, count: int, **answers: bool) -> list[TableCase]:
    """Cases of Gouda closed in the year, and as many of each other municipality that still run."""
    closed = [table_case(table, closed_on=date(2015, 5, 1), outcome=answers) for _ in range(count)]
    return closed + [table_case(table, place) for place in PLACES if place != "Gouda" for _ in range(30)]


def test_meetings_and_questions_follow_the_figures_of_the_profile() -> None:
    running = [table_case(table) for table in ("youth_table", "top_x") for _ in range(6)]
    youth = [
        *scored_at("youth_table", 6, at_school=True, safe_home=True),
        *scored_at("youth_table", 5, at_school=False, safe_home=True),
    ]
    top_x = scored_at("top_x", 7, at_school=True, no_new_offence=True)
    sheet = sheet_of_youth_house(*running, *youth, *top_x)
    assert sheet.under_treatment == {"briefing": 40, "youth": 17, "top_x": 13, "life_course": None}
    assert sheet.focus_outcomes == {
        "no_new_offence": None,
        "at_school": 13,
        "safe_home": None,
        "closed_cases_scored": 18,
    }


def test_no_outcome_is_shown_where_the_count_of_a_figure_of_scored_cases_is_left_out() -> None:
    running = [table_case("youth_table") for _ in range(6)]
    youth = scored_at("youth_table", 12, at_school=True, safe_home=True)
    sheet = sheet_of_youth_house(*running, *youth, *scored_at("top_x", 1, at_school=True, no_new_offence=True))
    assert (sheet.under_treatment["youth"], sheet.under_treatment["top_x"]) == (18, None)
    assert set(sheet.focus_outcomes.values()) == {None}


def test_a_year_in_which_nothing_happened_has_no_figures() -> None:
    sheet = of(tabled=())
    assert set(sheet.under_treatment.values()) == set(sheet.percentage_of_region.values()) == {None}


@pytest.mark.parametrize("place", ["Boskoop", "Buiten regio", ""])
def test_only_a_municipality_of_the_house_has_a_factsheet(place: str) -> None:
    with pytest.raises(UnknownMunicipality):
        of(place)
