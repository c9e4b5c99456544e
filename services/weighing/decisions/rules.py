"""The team's decision on a referral: the rules that a decision keeps, and what follows from it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Annotated
from uuid import UUID

from services.weighing.criteria.rules import found_twice
from services.weighing.decisions.client import ClientAtTable, wrong_client
from services.weighing.decisions.tables import wrong_table
from services.weighing.follow_ups import rules as follow_ups
from services.weighing.follow_ups.rules import AgreedFollowUp
from services.weighing.house import DecisionRule, Force, House, ReasonRule
from services.weighing.information_requests.rules import InformationRequest, missing_information
from services.weighing.referrals.rules import Referral, is_extra, next_briefing
from services.weighing.seats.rules import missing_for_quorum
from shared.bounds import Code, Length, Text
from shared.days import HouseDay, InFuture, PlannedDay
from shared.rules import BrokenRule, Contradiction, UnknownObject

LONGEST_AWAY = timedelta(days=366)

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


def broken_rules(
    referral: Referral,
    decision: Decision,
    requests: Sequence[InformationRequest],
    house: House,
    today: date,
    agreed: Collection[AgreedFollowUp] = (),
) -> Iterator[BrokenRule]:
    """Every rule that a decision breaks, by the field to blame; nothing if the decision can be recorded.

    requests: about the referral, with their answers. agreed: the follow-ups of the decision that this one corrects.
    """
    yield from _unknown_codes(decision, house)
    yield from _wrong_ground(decision, house)
    yield from _wrong_briefing(referral, decision, house, today)
    yield from _without_quorum(decision, house)
    yield from missing_information(decision.information_used, decision.attendees, requests, decision.briefing_on)
    if rule := house.decisions.get(decision.decision):
        yield from wrong_table(referral, rule)
        yield from _wrong_reason(decision, rule)
        yield from _wrong_escalation(decision, rule)
        yield from _missing_criteria(decision, rule)
        yield from wrong_client(decision.client_at_table, rule)
        yield from follow_ups.missing(decision.follow_ups, rule.follow_ups)
    reason = house.reasons.get(decision.reason or "", ReasonRule())
    yield from _wrong_return(decision, reason)
    yield from _wrong_destination(decision, reason)
    yield from follow_ups.missing(decision.follow_ups, reason.follow_ups)
    yield from follow_ups.broken_rules(decision.follow_ups, agreed, decision.briefing_on, house, today)
    new = [follow_up for follow_up in decision.follow_ups if follow_up not in agreed]
    told = [place for follow_up in new for place in (follow_up.destination, follow_up.asked_of)]
    yield from follow_ups.without_ground((decision.rerouted_to, *told), decision.motive, house)


class UnknownCode(BrokenRule):
    reason = "is not known to this house"


def _unknown_codes(decision: Decision, house: House) -> Iterator[BrokenRule]:
    yield from _unknown_in("decision", (decision.decision,), house.decisions)
    yield from _unknown_in("reason", (decision.reason,), house.reasons)
    yield from _unknown_in("legalGround", (decision.legal_ground,), house.legal_grounds)
    yield from _unknown_in("reroutedTo", (decision.rerouted_to,), house.destinations)
    yield from _unknown_in("escalatedTo", (decision.escalated_to,), house.addressees)
    yield from _wrong_criteria(decision, house)
    yield from _unknown_in("attendees[{}]", decision.attendees, house.partners)
    yield from _unknown_in("informationUsed[{}]", decision.information_used, house.partners)


def _wrong_criteria(decision: Decision, house: House) -> Iterator[BrokenRule]:
    yield from unknown_criteria(decision.criteria, house)
    yield from _unknown_in("criteriaNotMet[{}]", decision.criteria_not_met, house.criteria)
    yield from _unknown_in("criteriaUnknown[{}]", decision.criteria_unknown, house.criteria)
    yield from found_twice(decision.criteria, decision.criteria_not_met, decision.criteria_unknown)


def unknown_criteria(criteria: Sequence[str], house: House) -> Iterator[BrokenRule]:
    yield from _unknown_in("criteria[{}]", criteria, house.criteria)


def _unknown_in(field: str, codes: Sequence[str | None], known: Collection[str]) -> Iterator[BrokenRule]:
    """field: with `{}` for the position of a code."""
    for position, code in enumerate(codes):
        if code is not None and code not in known:
            yield UnknownCode(field.format(position), known=known)


class GroundNotInForce(BrokenRule):
    field = "legalGround"
    reason = "was not in force on the day of the briefing"


def _wrong_ground(decision: Decision, house: House) -> Iterator[BrokenRule]:
    """A law is a ground from the day on which it came into force: the Wgs from 1 March 2025."""
    force = house.legal_grounds.get(decision.legal_ground, Force())
    if not force.covers(decision.briefing_on):
        yield GroundNotInForce()


class BeforeReceipt(BrokenRule):
    field = "briefingOn"
    reason = "is before the referral was received"


class NotOnAgenda(BrokenRule):
    field = "briefingOn"
    reason = "is a briefing that the referral is not on the agenda of"


class NoBriefingDay(BrokenRule):
    """The reason names the briefing that comes next."""

    field = "briefingOn"


def _wrong_briefing(referral: Referral, decision: Decision, house: House, today: date) -> Iterator[BrokenRule]:
    briefing_on = decision.briefing_on
    if briefing_on > today:
        yield InFuture("briefingOn")
    elif briefing_on < referral.received_on:
        yield BeforeReceipt()
    elif referral.table_on is None or briefing_on < referral.table_on:
        yield NotOnAgenda()
    elif is_extra(referral.sub_region, briefing_on, house):
        if referral.table_on != briefing_on:
            yield NotOnAgenda()
    elif (following := next_briefing(referral.sub_region, briefing_on, house)) != briefing_on:
        yield NoBriefingDay(reason=f"is no day of a briefing in {referral.sub_region}; the next one is {following}")


class TooFewPartners(BrokenRule):
    """The reason says how many there must be."""

    field = "attendees"


class NeededPartnerAbsent(BrokenRule):
    """The reason names the partners."""

    field = "attendees"


def _without_quorum(decision: Decision, house: House) -> Iterator[BrokenRule]:
    if len(house.team_partners.intersection(decision.attendees)) < house.fewest_partners:
        yield TooFewPartners(reason=f"must hold at least {house.fewest_partners} different core or covenant partners")
    if absent := missing_for_quorum(decision.attendees, house):
        yield NeededPartnerAbsent(reason=f"must hold {', '.join(absent)}: without them the team does not decide")


class ReasonMissing(BrokenRule):
    field = "reason"
    reason = "is required with this decision"


class ReasonNotAsked(BrokenRule):
    field = "reason"
    reason = "does not go with this decision"


def _wrong_reason(decision: Decision, rule: DecisionRule) -> Iterator[BrokenRule]:
    if rule.needs_reason and decision.reason is None:
        yield ReasonMissing()
    if decision.reason is not None and not rule.needs_reason:
        yield ReasonNotAsked()


class ReturnNotAsked(BrokenRule):
    field = "comesBackOn"
    reason = "only goes with a reason that brings the referral back"


class ReturnTooEarly(BrokenRule):
    field = "comesBackOn"
    reason = "must be after the briefing"


class ReturnTooLate(BrokenRule):
    field = "comesBackOn"
    reason = f"must be within {LONGEST_AWAY.days} days"


def _wrong_return(decision: Decision, rule: ReasonRule) -> Iterator[BrokenRule]:
    if decision.comes_back_on is None:
        return
    if not rule.comes_back:
        yield ReturnNotAsked()
    elif decision.comes_back_on <= decision.briefing_on:
        yield ReturnTooEarly()
    elif decision.comes_back_on > decision.briefing_on + LONGEST_AWAY:
        yield ReturnTooLate()


class DestinationMissing(BrokenRule):
    field = "reroutedTo"
    reason = "is required: say where the referral belongs"


class DestinationNotAsked(BrokenRule):
    field = "reroutedTo"
    reason = "only goes with a reason that sends the referral elsewhere"


def _wrong_destination(decision: Decision, rule: ReasonRule) -> Iterator[BrokenRule]:
    if rule.needs_destination and decision.rerouted_to is None:
        yield DestinationMissing()
    if decision.rerouted_to is not None and not rule.needs_destination:
        yield DestinationNotAsked()


class AddresseeMissing(BrokenRule):
    field = "escalatedTo"
    reason = "is required: say to whom the team escalates"


class AddresseeNotAsked(BrokenRule):
    field = "escalatedTo"
    reason = "only goes with a decision to escalate"


def _wrong_escalation(decision: Decision, rule: DecisionRule) -> Iterator[BrokenRule]:
    if rule.escalates and decision.escalated_to is None:
        yield AddresseeMissing()
    if decision.escalated_to is not None and not rule.escalates:
        yield AddresseeNotAsked()


class CriteriaMissing(BrokenRule):
    field = "criteria"
    reason = "must hold a criterion that the table asks and the team found met"


def _missing_criteria(decision: Decision, rule: DecisionRule) -> Iterator[BrokenRule]:
    if rule.criteria and rule.criteria.isdisjoint(decision.criteria):
        yield CriteriaMissing()
