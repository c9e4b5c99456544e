"""The team's commands with their answers, and the event that announces a decision."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, NamedTuple
from uuid import UUID

from marshmallow import ValidationError

from services.weighing.criteria.rules import criteria_met
from services.weighing.decisions.rules import Decision, DecisionContent, RecordedDecision
from shared.bounds import Length, Range
from shared.schemas import StrictSchema, schema_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionOnReferral(DecisionContent):
    """One of the decisions of a briefing."""

    referral_id: UUID

    def at(self, briefing_on: date) -> Decision:
        return Decision(
            briefing_on=briefing_on,
            decision=self.decision,
            reason=self.reason,
            comes_back_on=self.comes_back_on,
            rerouted_to=self.rerouted_to,
            escalated_to=self.escalated_to,
            attendees=self.attendees,
            criteria=self.criteria,
            legal_ground=self.legal_ground,
            information_used=self.information_used,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideTogether:
    """The team's decisions of one briefing, at most one on each referral."""

    decisions: Annotated[tuple[DecisionOnReferral, ...], Length(1, 200)]

    def __post_init__(self) -> None:
        """Raises ValidationError with each position at which a referral is named again."""
        first: dict[UUID, int] = {}
        ids = [decision.referral_id for decision in self.decisions]
        repeated = [position for position, id in enumerate(ids) if first.setdefault(id, position) != position]
        if repeated:
            problem = {"referralId": ["is named twice"]}
            raise ValidationError({"decisions": dict.fromkeys(repeated, problem)})

    def at(self, briefing_on: date) -> dict[UUID, Decision]:
        """The decisions by referral, in the order in which they were given."""
        return {decision.referral_id: decision.at(briefing_on) for decision in self.decisions}


class BriefingPath(NamedTuple):
    """The briefing that a path names."""

    briefing_on: date


def briefing_day(path_value: str) -> date:
    """The day of the briefing that a path names. Raises ValidationError if the path names no date."""
    path: BriefingPath = schema_of(BriefingPath, StrictSchema).load({"briefingOn": path_value})
    return path.briefing_on


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """A recorded decision.

    `comesBackOn`: the briefing at which the referral is tabled again. `criteriaMet`: whether the criteria that the team
    found met are enough for a case meeting; a suggestion, the decision is the team's.
    """

    referral_id: UUID
    tabling: int
    briefing_on: date
    decision: str
    reason: str | None
    comes_back_on: date | None
    rerouted_to: str | None
    escalated_to: str | None
    opens_table: str | None
    attendees: tuple[str, ...]
    criteria: tuple[str, ...]
    criteria_met: bool
    legal_ground: str
    information_used: tuple[str, ...]


def decision_view(recorded: RecordedDecision) -> DecisionView:
    decision = recorded.decision
    return DecisionView(
        referral_id=recorded.referral_id,
        tabling=recorded.tabling,
        briefing_on=decision.briefing_on,
        decision=decision.decision,
        reason=decision.reason,
        comes_back_on=recorded.back_on,
        rerouted_to=decision.rerouted_to,
        escalated_to=decision.escalated_to,
        opens_table=recorded.opens_table,
        attendees=decision.attendees,
        criteria=decision.criteria,
        criteria_met=criteria_met(decision.criteria),
        legal_ground=decision.legal_ground,
        information_used=decision.information_used,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionList:
    """The recorded decisions of a briefing, in the order in which they were given."""

    items: tuple[DecisionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralWeighed:
    """`referrals.weighed.v1`: the weighing team's decision on a referral.

    `comes_back_on`: the briefing at which the referral is tabled again. `opens_table`: where the decision brings the
    case, if to any table.
    """

    referral_id: UUID
    subject_id: UUID
    municipality: str
    sub_region: str
    referrer: str
    briefing_on: date
    tabling: Annotated[int, Range(least=1)]
    decision: str
    reason: str | None = None
    comes_back_on: date | None = None
    rerouted_to: str | None = None
    opens_table: str | None = None
    attendees: tuple[str, ...]
    criteria: tuple[str, ...]
    legal_ground: str
