"""What happened in one house in one year, as far as the report counts it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID


class Period(NamedTuple):
    first_day: date
    last_day: date

    @classmethod
    def of_year(cls, year: int) -> "Period":
        return cls(date(year, 1, 1), date(year, 12, 31))

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first_day <= day <= self.last_day


@dataclass(frozen=True, kw_only=True)
class WeighedReferral:
    """A referral first weighed in the year, with the last decision taken in it.

    What only its registration tells is None as long as that event is under way.
    """

    subject_id: UUID
    referrer: str
    first_weighed_on: date
    decision: str
    reason: str | None
    sex: str | None
    age_class: str | None
    received_on: date | None


@dataclass(frozen=True, kw_only=True)
class Tablings:
    """How many tablings in the year had this municipality and decision."""

    municipality: str
    decision: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Tabled:
    """One tabling of the year. decision: None where another tabling tells what was decided on the referral, or another
    year does."""

    municipality: str
    subject_id: UUID
    decision: str | None


@dataclass(frozen=True, kw_only=True)
class TableCase:
    """A table case open at any moment of the year. `outcome`: what was scored, by name; None when it was not."""

    subject_id: UUID
    table: str
    municipality: str
    opened_on: date
    closed_on: date | None
    outcome: Mapping[str, bool] | None


@dataclass(frozen=True, kw_only=True)
class Detentions:
    """The inflow of one municipality: counts."""

    municipality: str
    registered: int
    own_aftercare: int
    weighed: int
    release_known: int


@dataclass(frozen=True, kw_only=True)
class DomainFinding:
    """How many aftercare plans found this on a life domain. `referred`: the person was referred to the right place."""

    domain: str
    bottleneck: str
    referred: bool
    count: int


@dataclass(frozen=True, kw_only=True)
class TableWork:
    """What was done at one table in the year: counts."""

    table: str
    sessions: int = 0
    cases_on_agenda: int = 0
    action_plans: int = 0
    agreements: int = 0
    referred_again: int = 0


@dataclass(frozen=True, kw_only=True)
class MomentAnswers:
    """How often one monitoring moment was answered, and how often the plan still stood."""

    moment: str
    answered: int = 0
    plan_stands: int = 0


@dataclass(frozen=True, kw_only=True)
class Facts:
    weighed: Sequence[WeighedReferral]
    tablings: Sequence[Tablings]
    table_cases: Sequence[TableCase]
    detentions: Sequence[Detentions]
    aftercare_plans: int
    domain_findings: Sequence[DomainFinding]
    table_work: Sequence[TableWork]
    moment_answers: Sequence[MomentAnswers]
