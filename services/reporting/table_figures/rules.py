"""Figures on the tables: outcomes at closing, days under treatment, sessions, action plans, monitoring."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.reporting.counting.rules import Period, mean, months_later, percentage
from services.reporting.house import SCORED, House

AIM_MONTHS = 6
Outcome = Mapping[str, bool]
"""The answers to a table's yes-or-no questions at closing, by the question's code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCase:
    """A table case open at any moment of the year. outcome: None until it is scored at closing."""

    subject_id: UUID
    table: str
    municipality: str
    opened_on: date
    closed_on: date | None
    outcome: Outcome | None

    @property
    def is_scored(self) -> bool:
        return self.outcome is not None

    def answer(self, question: str) -> bool | None:
        """None if the case was not scored on the question."""
        return self.outcome.get(question) if self.outcome else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableWork:
    """What was done at one table in the year: counts. sessions: planned or held; a cancelled session is none."""

    table: str
    sessions: int
    sessions_held: int
    cases_on_agenda: int
    action_plans: int
    agreements: int
    referred_again: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringAnswers:
    """How often one monitoring moment was answered, and how often the plan still stood."""

    moment: str
    answered: int
    plan_stands: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedInTime:
    """How many cases of scored tables were closed, and which part of them within six months."""

    closed: int
    within_six_months: int
    percentage: float | None


@dataclass(frozen=True, kw_only=True)
class TableFigures:
    """`focus_outcomes`: in how many scored cases the answer to each question was yes, and how many were scored."""

    focus_outcomes: Mapping[str, int]
    focus_closed_within_six_months: ClosedInTime
    mean_days_under_treatment: Mapping[str, float | None]
    tables: tuple[TableWork, ...]
    monitoring: tuple[MonitoringAnswers, ...]


def table_figures(
    house: House,
    period: Period,
    table_cases: Sequence[TableCase],
    work: Sequence[TableWork],
    answers: Sequence[MonitoringAnswers],
) -> TableFigures:
    closed = [case for case in table_cases if case.closed_on in period]
    at_scored_tables = [case for case in closed if case.table in house.scored_on]
    return TableFigures(
        focus_outcomes=focus_outcomes(house, at_scored_tables),
        focus_closed_within_six_months=closed_in_time(at_scored_tables),
        mean_days_under_treatment=mean_days_under_treatment(house, closed),
        tables=table_work(house, work),
        monitoring=monitoring(house, answers),
    )


def focus_outcomes(house: House, closed: Sequence[TableCase]) -> dict[str, int]:
    """closed: the cases of scored tables."""
    yes = {question: sum(bool(case.answer(question)) for case in closed) for question in house.questions}
    return yes | {SCORED: sum(case.is_scored for case in closed)}


def closed_in_time(closed: Sequence[TableCase]) -> ClosedInTime:
    in_time = sum(_is_closed_in_time(case) for case in closed)
    return ClosedInTime(closed=len(closed), within_six_months=in_time, percentage=percentage(in_time, len(closed)))


def mean_days_under_treatment(house: House, closed: Sequence[TableCase]) -> dict[str, float | None]:
    """By the figure that counts the cases of a table."""
    return {
        figure: mean(_days_under_treatment(case) for case in closed if house.tables.get(case.table) == figure)
        for figure in house.columns
    }


def table_work(house: House, work: Sequence[TableWork]) -> tuple[TableWork, ...]:
    """Every table of the profile in its order; then the tables that left the profile."""
    done = {row.table: row for row in work}
    tables = dict.fromkeys([*house.tables, *sorted(done)])
    return tuple(done.get(table) or no_work_at(table) for table in tables)


def no_work_at(table: str) -> TableWork:
    return TableWork(
        table=table,
        sessions=0,
        sessions_held=0,
        cases_on_agenda=0,
        action_plans=0,
        agreements=0,
        referred_again=0,
    )


def monitoring(house: House, answers: Sequence[MonitoringAnswers]) -> tuple[MonitoringAnswers, ...]:
    """Every monitoring moment of the profile in its order; then the moments that left the profile."""
    answered = {row.moment: row for row in answers}
    moments = dict.fromkeys([*house.monitoring_moments, *sorted(answered)])
    return tuple(answered.get(moment) or no_answers_at(moment) for moment in moments)


def no_answers_at(moment: str) -> MonitoringAnswers:
    return MonitoringAnswers(moment=moment, answered=0, plan_stands=0)


def _days_under_treatment(case: TableCase) -> int:
    assert case.closed_on is not None
    return (case.closed_on - case.opened_on).days


def _is_closed_in_time(case: TableCase) -> bool:
    return case.closed_on is not None and case.closed_on <= months_later(case.opened_on, AIM_MONTHS)
