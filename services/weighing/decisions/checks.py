"""What a decision must keep before it is recorded, each rule with its error."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from services.weighing.criteria.rules import found_twice
from services.weighing.decisions.client import wrong_client
from services.weighing.decisions.rules import Decision
from services.weighing.decisions.tables import wrong_table
from services.weighing.follow_ups import rules as follow_ups
from services.weighing.guards.rules import Guard, refusing
from services.weighing.house import DecisionRule, Force, House, ReasonRule
from services.weighing.information_requests.rules import InformationRequest, missing_information
from services.weighing.referrals.rules import Referral, is_extra, next_briefing
from services.weighing.seats.rules import missing_for_quorum
from shared.days import InFuture
from shared.rules import BrokenRule

LONGEST_AWAY = timedelta(days=366)


def broken_rules(
    referral: Referral,
    decision: Decision,
    requests: Sequence[InformationRequest],
    house: House,
    today: date,
    guards: Sequence[Guard] = (),
    wrong: Decision | None = None,
) -> Iterator[BrokenRule]:
    """Every rule that a decision breaks, by the field to blame; nothing if the decision can be recorded.

    requests: about the referral, with their answers. guards: what speaks against a table or action of our own. wrong:
    the decision that this one corrects.
    """
    agreed = wrong.follow_ups if wrong else ()
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
    yield from _stopped_by_guards(decision, guards, wrong, house)


def _stopped_by_guards(
    decision: Decision, guards: Sequence[Guard], wrong: Decision | None, house: House
) -> Iterator[BrokenRule]:
    """What a guard says since then does not stop a correction that takes the case to the same place."""
    rule = house.decisions.get(decision.decision)
    if rule and not (wrong and wrong.decision == decision.decision):
        yield from refusing(guards, rule)


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
