"""Weighing's use cases: load, decide, store, announce."""

from uuid import UUID

from services.weighing import metrics
from services.weighing.dependencies import Unit
from services.weighing.domain import agenda, decisions
from services.weighing.domain.agenda import Referral
from services.weighing.domain.decisions import Decision, Weighed
from services.weighing.domain.errors import AlreadyAnswered, AlreadyWeighed, UnknownReferral, UnknownRequest
from shared.business_dates import noon
from shared.messaging import Event, Ignorable, Problem, Rejected


def put_on_agenda(event: Event, unit: Unit) -> None:
    """`referrals.registered.v1`: on the agenda of the next briefing, and the municipality is asked what it knows."""
    house = unit.profile(event.house)
    case_id = event.required_case_id()
    referral = agenda.place(Referral(house=event.house, case_id=case_id, **event.data), house)
    if not unit.store.put_on_agenda(referral):
        raise Ignorable("the referral is on the agenda already")
    if request := agenda.information_request(referral, house):
        unit.store.add_information_request(event.house, request)
        unit.announce(
            "information-requests.issued.v1",
            house=event.house,
            case_id=case_id,
            time=event.time,
            data={
                "request_id": request.request_id,
                "referral_id": request.referral_id,
                "subject_id": referral.subject_id,
                "partner": request.partner,
                "answer_by": request.answer_by,
            },
        )


def record_answer(event: Event, unit: Unit) -> None:
    """`information-requests.answered.v1`: shown with the agenda item, also when it comes late."""
    request_id, partner = event.data["request_id"], event.data["partner"]
    asked = unit.store.information_request_to_answer(event.house, request_id, partner)
    if asked is None:
        raise UnknownRequest
    if asked["answered_on"]:
        raise AlreadyAnswered
    unit.store.answer_information_request(request_id, event.data["answered_on"], event.data["involved"])


def decide(house: str, referral_id: UUID, decision: Decision, unit: Unit) -> Weighed:
    """Record the team's decision. The same decision on the same briefing again gives the same answer again."""
    referral = unit.store.referral_to_weigh(house, referral_id)
    if referral is None:
        raise UnknownReferral
    recorded = unit.store.decision_at(referral_id, decision.briefing_on)
    if recorded and recorded.decision == decision:
        return recorded
    if recorded or referral.table_on is None:
        raise AlreadyWeighed
    profile = unit.profile(house)
    if broken := [Problem(*rule) for rule in decisions.broken_rules(referral, decision, profile, unit.today)]:
        raise Rejected(*broken)
    weighed = decisions.weigh(referral, decision, profile)
    unit.store.add_decision(referral, weighed)
    unit.store.move_on_agenda(decisions.after(referral, weighed))
    _announce_weighed(referral, weighed, unit)
    metrics.DECISIONS.labels(house, decision.decision).inc()
    return weighed


def _announce_weighed(referral: Referral, weighed: Weighed, unit: Unit) -> None:
    decision = weighed.decision
    unit.announce(
        "referrals.weighed.v1",
        house=referral.house,
        case_id=referral.case_id,
        time=noon(decision.briefing_on),
        data={
            "referral_id": referral.referral_id,
            "subject_id": referral.subject_id,
            "municipality": referral.municipality,
            "sub_region": referral.sub_region,
            "referrer": referral.referrer,
            "briefing_on": decision.briefing_on,
            "tabling": weighed.tabling,
            "decision": decision.decision,
            "reason": decision.reason,
            "comes_back_on": weighed.back_on,
            "rerouted_to": decision.rerouted_to,
            "opens_table": weighed.opens_table,
            "attendees": decision.attendees,
            "criteria": decision.criteria,
            "legal_ground": decision.legal_ground,
        },
    )
