"""The team's decision on a referral, and what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Annotated
from uuid import UUID

from services.weighing.decisions.client import ClientAtTable
from services.weighing.follow_ups.rules import AgreedFollowUp
from services.weighing.house import House
from services.weighing.referrals.rules import Referral, next_briefing
from shared.bounds import Code, Length, Text
from shared.days import HouseDay, PlannedDay
from shared.rules import Contradiction, UnknownObject

Codes = Annotated[tuple[Code, ...], Length(most=100)]


class AlreadyWeighed(Contradiction):
    field = "briefingOn"
    reason = "has another decision already; a wrong decision can be corrected or withdrawn"


class UnknownDecision(UnknownObject):
    field = "tabling"
    reason = "is no tabling of this referral with a decision that counts"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionDetails:
    """What goes with a decision that needs it. follow_ups: who does what until when. criteria_not_met,
    criteria_unknown: the criteria that the team looked at besides those that it found met. client_at_table: None if the
    team did not weigh it.
    """

    follow_ups: Annotated[tuple[AgreedFollowUp, ...], Length(most=10)] = ()
    criteria_not_met: Codes = ()
    criteria_unknown: Codes = ()
    client_at_table: ClientAtTable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionContent(DecisionDetails):
    """What the team decided, but for when; all in codes of the house's profile but the motive.

    comes_back_on: from which day on the team wants the referral back; without it, at the next briefing. rerouted_to:
    where the referral belongs. escalated_to: to whom the team escalates. attendees: the partners at the table; if
    none is given, those who sit there when the team comes to the referral.
    criteria: the criteria that the team found met. information_used: the partners whose information was used. motive:
    why, in the team's words; stays sealed in weighing.
    """

    decision: Code
    reason: Code | None = None
    comes_back_on: PlannedDay | None = None
    rerouted_to: Code | None = None
    escalated_to: Code | None = None
    attendees: Codes = ()
    criteria: Codes = ()
    legal_ground: Code
    information_used: Codes = ()
    motive: Text | None = None

    def at(self, briefing_on: date) -> "Decision":
        return Decision(
            briefing_on=briefing_on, **{field.name: getattr(self, field.name) for field in fields(DecisionContent)}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(DecisionContent):
    """What the team decided at one briefing."""

    briefing_on: HouseDay


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedDecision:
    """A decision as it is recorded: on which referral, at which of its tablings, by whom, and what follows.

    opens_table: the table that the case goes to. back_on: the briefing that the referral comes back to. tabled_on: the
    briefing from which on the referral was on the table. The last three are None in decisions from before them.
    """

    referral_id: UUID
    tabling: int
    decision: Decision
    opens_table: str | None
    back_on: date | None
    tabled_on: date | None
    recorded_by: str | None
    recorded_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """A decision that was recorded by mistake.

    withdrawn: the referral is on the agenda again; otherwise another decision is recorded in its place.
    """

    recorded: RecordedDecision
    withdrawn: bool
    because: str
    taken_back_by: str
    taken_back_at: datetime


def weigh(referral: Referral, decision: Decision, house: House, by: str, at: datetime) -> RecordedDecision:
    """What a decision that breaks no rule leads to. by, at: who records the decision, and when."""
    return RecordedDecision(
        referral_id=referral.referral_id,
        tabling=referral.tabling,
        decision=decision,
        opens_table=house.decisions[decision.decision].opens_table,
        back_on=_back_on(referral, decision, house),
        tabled_on=referral.table_on,
        recorded_by=by,
        recorded_at=at,
    )


def standing(recorded: Mapping[int, RecordedDecision], tabling: int) -> RecordedDecision:
    """The decision that counts at a tabling. recorded: by tabling. Raises UnknownDecision."""
    if tabling not in recorded:
        raise UnknownDecision
    return recorded[tabling]


def before(referral: Referral, recorded: RecordedDecision) -> Referral:
    """The referral as it was on the table before a decision."""
    table_on = recorded.tabled_on or recorded.decision.briefing_on
    return replace(referral, tabling=recorded.tabling, table_on=table_on)


def next_place(referral: Referral, recorded: RecordedDecision) -> Referral:
    """The referral after the decision: off the agenda, or tabled again for the briefing that it comes back to."""
    tabling = referral.tabling + 1 if recorded.back_on else referral.tabling
    return replace(referral, tabling=tabling, table_on=recorded.back_on)


def _back_on(referral: Referral, decision: Decision, house: House) -> date | None:
    if not (decision.reason and house.reasons[decision.reason].comes_back):
        return None
    from_day = decision.comes_back_on or decision.briefing_on + timedelta(days=1)
    return next_briefing(referral.sub_region, from_day, house)
