from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from replay.contradictions import reconcile
from replay.house import load_house
from replay.published import Year, read_year

HOUSE = load_house(Path("houses/hollands-midden.toml"))
CONSISTENT = replace(
    read_year(Path("data/hollands-midden-2015.json")),
    subjects_seen_n_times={"2": 162, "3": 36, "4": 27, "5": 11, "6": 7, "7+": 3},
)


def changed(figures: Any, **changes: int) -> dict[str, int]:
    return {**figures, **changes}


def with_row(municipality: str, **changes: Any) -> Year:
    rows = CONSISTENT.by_municipality
    return replace(
        CONSISTENT,
        by_municipality=tuple(
            replace(row, counts={**row.counts, **changes}) if row.municipality == municipality else row for row in rows
        ),
    )


def test_figures_that_do_not_contradict_each_other_stay_as_they_are() -> None:
    assert reconcile(CONSISTENT, HOUSE) == (CONSISTENT, ())


@pytest.mark.parametrize(
    ("year", "figure", "reason"),
    [
        (
            replace(CONSISTENT, decisions=changed(CONSISTENT.decisions, bilateral=680)),
            "decisions",
            "decisions add up to 1479, weighed_referrals is 1469",
        ),
        (replace(CONSISTENT, sex=changed(CONSISTENT.sex, man=1300)), "sex", "sex add up to 1415"),
        (replace(CONSISTENT, unique_subjects=1470), "unique_subjects", "1469 weighed_referrals cannot concern 1470"),
        (
            replace(CONSISTENT, unique_subjects=200),
            "subjects_seen_n_times",
            "counts 246 people, unique_subjects is 200",
        ),
        (
            replace(CONSISTENT, under_treatment=changed(CONSISTENT.under_treatment, aftercare=423, total=2398)),
            "under_treatment",
            "under_treatment.aftercare is 423, the column of by_municipality adds up to 422",
        ),
        (
            replace(CONSISTENT, under_treatment=changed(CONSISTENT.under_treatment, total=2400)),
            "under_treatment",
            "under_treatment.total is 2400, its parts add up to 2397",
        ),
        (with_row("Gouda", total=700), "by_municipality.Gouda", "Gouda: total is 700, its parts add up to 692"),
        (with_row("Leiden", briefing=97, total=279), "by_municipality", "1312 briefing cases, fewer than 1469"),
        (
            replace(CONSISTENT, decisions=changed(CONSISTENT.decisions, focus_or_top60=558, bilateral=170)),
            "decisions",
            "558 decisions.focus_or_top60 need more cases than the 163",
        ),
        (
            replace(CONSISTENT, focus_outcomes=changed(CONSISTENT.focus_outcomes, progress_made=117)),
            "focus_outcomes.progress_made",
            "progress_made is 117, only 116 cases can be scored",
        ),
    ],
)
def test_a_contradiction_is_named_with_its_figures_and_numbers(year: Year, figure: str, reason: str) -> None:
    reconciled, named = reconcile(year, HOUSE)
    assert any(figure in each.figures and reason in each.reason for each in named)
    assert reconciled.weighed_referrals == year.weighed_referrals
    assert reconcile(reconciled, HOUSE) == (reconciled, ())


def test_what_contradicts_a_sum_changes_as_little_as_it_can() -> None:
    year = replace(CONSISTENT, decisions=changed(CONSISTENT.decisions, escalate=5))
    reconciled, _ = reconcile(year, HOUSE)
    assert reconciled.decisions == changed(year.decisions, bilateral=668)
