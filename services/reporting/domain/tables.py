"""Figures on the tables: outcomes at closing, how long cases took, the work that was done."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from services.reporting.domain.counting import mean, months_later, percentage
from services.reporting.domain.facts import MomentAnswers, Period, TableCase, TableWork
from services.reporting.domain.house import FOCUS, TABLE_FIGURES, House

OUTCOMES = (
    "procedure_departed_from_or_breakthrough",
    "all_parties_cooperate",
    "progress_made",
    "case_made_manageable",
    "case_holder_can_go_on",
)
AIM_MONTHS = 6


def table_figures(house: House, period: Period, table_cases: Sequence[TableCase]) -> dict[str, Any]:
    """Of the cases closed in the year."""
    closed = [each for each in table_cases if each.closed_on in period]
    focus = [each for each in closed if house.tables.get(each.table) == FOCUS]
    return {
        "focus_outcomes": focus_outcomes(focus),
        "focus_closed_within_six_months": closed_in_time(focus),
        "mean_days_under_treatment": {
            figure: mean(_days(each) for each in closed if house.tables.get(each.table) == figure)
            for figure in TABLE_FIGURES
        },
    }


def focus_outcomes(closed: Sequence[TableCase]) -> dict[str, int]:
    """How many of the scored cases have each outcome."""
    scored = [each.outcome for each in closed if each.outcome is not None]
    counts = {name: sum(outcome[name] for outcome in scored) for name in OUTCOMES}
    return counts | {"closed_cases_scored": len(scored)}


def closed_in_time(closed: Sequence[TableCase]) -> dict[str, Any]:
    in_time = sum(_closed_in_time(each) for each in closed)
    return {"closed": len(closed), "within_six_months": in_time, "percentage": percentage(in_time, len(closed))}


def table_work(house: House, work: Sequence[TableWork]) -> list[dict[str, Any]]:
    """Every table of the profile in its order; then those that left it since."""
    done = {each.table: each for each in work}
    tables = dict.fromkeys([*house.tables, *sorted(done)])
    return [asdict(done.get(table) or TableWork(table=table)) for table in tables]


def monitoring(house: House, answers: Sequence[MomentAnswers]) -> list[dict[str, Any]]:
    """Every monitoring moment of the profile in its order; then those that left it since."""
    found = {each.moment: each for each in answers}
    moments = dict.fromkeys([*house.monitoring_moments, *sorted(found)])
    return [asdict(found.get(moment) or MomentAnswers(moment=moment)) for moment in moments]


def _days(case: TableCase) -> int:
    assert case.closed_on is not None
    return (case.closed_on - case.opened_on).days


def _closed_in_time(case: TableCase) -> bool:
    return case.closed_on is not None and case.closed_on <= months_later(case.opened_on, AIM_MONTHS)
