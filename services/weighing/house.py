"""What weighing needs to know of a house. Standard library only; `profile.py` reads it from the house's profile."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shared.days import FIRST_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRule:
    """What the house asks of one of its decisions. opens_table: the table to which the decision brings the case.

    needs_criteria: the team names at least one criterion of the national framework. municipalities, ages: of the
    subjects that the table takes; None for all. escalates: the decision goes to somebody above the team.
    """

    needs_reason: bool = False
    opens_table: str | None = None
    needs_criteria: bool = False
    municipalities: frozenset[str] | None = None
    ages: frozenset[str] | None = None
    escalates: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonRule:
    """What follows from a reason. comes_back: the referral is tabled again; needs_destination: the team says where the
    referral belongs.
    """

    comes_back: bool = False
    needs_destination: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One house's profile.

    briefing_weekdays: per sub-region, Monday is 0. contacts: per municipality or residence the partner that is asked
    for information, None where nobody is asked. answer_days_before: days before the briefing by which the partner
    answers. team_partners: the partners that may sit in the weighing team.
    """

    briefing_weekdays: Mapping[str, int]
    contacts: Mapping[str, str | None]
    answer_days_before: int
    partners: frozenset[str]
    team_partners: frozenset[str]
    decisions: Mapping[str, DecisionRule]
    reasons: Mapping[str, ReasonRule]
    criteria: frozenset[str]
    national_criteria: frozenset[str]
    legal_grounds: frozenset[str]
    began_on: date = FIRST_DAY
