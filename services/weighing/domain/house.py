"""What weighing must know of a house, as its profile says it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRule:
    """A decision that the team can take. `opens_table`: the table it brings the case to.

    needs_criteria: that table is one of the national framework, so the team records its criteria. escalates: it goes
    to somebody above the team.
    """

    needs_reason: bool = False
    opens_table: str | None = None
    needs_criteria: bool = False
    escalates: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonRule:
    """A reason of a decision. comes_back: tabled again later; needs_destination: say where it belongs."""

    comes_back: bool = False
    needs_destination: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One house.

    briefing_weekdays: per sub-region, Monday is 0. contacts: per municipality or residence the partner that is asked
    for information, None where nobody is. answer_days_before: days before the briefing by which it answers.
    team_partners: those that may sit in the weighing team.
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
