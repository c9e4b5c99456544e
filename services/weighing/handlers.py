"""Weighing's use cases: load, decide, store, announce."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from services.weighing import metrics
from services.weighing.dependencies import Unit
from services.weighing.domain import agenda, decisions
from services.weighing.domain.agenda import Referral
from services.weighing.domain.decisions import Decision, Weighed
from services.weighing.domain.errors import (
    AlreadyAnswered,
    AlreadyWeighed,
    UnknownReferral,
    UnknownRequest,
    WeighingError,
)
from shared.business_dates import noon
from shared.messaging import Event, Ignorable, Problem, Rejected


def prepare_agenda(events: Sequence[Event], unit: Unit) -> None:
    """Read at once which of the referrals are on the agenda already."""
    unit.store.load_known({event.data["referral_id"] for event in events})


def put_on_agenda(event: Event, unit: Unit) -> None:
    """`referrals.registered.v1`: on the agenda of the next briefing, and the municipality is asked what it knows."""
    house = unit.profile(event.house)
    case_id = event.required_case_id()
    referral = agenda.place(Referral(house=event.house, case_id=case_id, **event.data), house)
    if unit.store.is_known(referral.referral_id):
        raise Ignorable("the referral is on the agenda already")
    unit.store.put_on_agenda(referral)
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
    found, recorded = _at_briefing(house, decision.briefing_on, [referral_id], unit)
    weighed = _weigh(found.get(referral_id), recorded.get(referral_id), decision, unit)
    if not recorded:
        _record(house, found, {referral_id: weighed}, unit)
    return weighed


def decide_together(house: str, briefing_on: date, decided: Mapping[UUID, Decision], unit: Unit) -> dict[UUID, Weighed]:
    """Record the team's decisions of one briefing, by referral, each as `decide` does: all of them or none.

    Raises Rejected with all that is wrong, by its path: `decisions[3].reason`.
    """
    found, recorded = _at_briefing(house, briefing_on, decided.keys(), unit)
    weighed: dict[UUID, Weighed] = {}
    wrong: list[Problem] = []
    for position, (referral_id, decision) in enumerate(decided.items()):
        try:
            weighed[referral_id] = _weigh(found.get(referral_id), recorded.get(referral_id), decision, unit)
        except (WeighingError, Rejected) as error:
            wrong += _problems(error, f"decisions[{position}].")
    if wrong:
        raise Rejected(*wrong)
    _record(house, found, {id: each for id, each in weighed.items() if id not in recorded}, unit)
    return weighed


def _at_briefing(
    house: str, briefing_on: date, referral_ids: Collection[UUID], unit: Unit
) -> tuple[Mapping[UUID, Referral], Mapping[UUID, Weighed]]:
    """Those that there are, locked, and then what is recorded on them, so that nobody's decision is overlooked."""
    found = unit.store.referrals_to_weigh(house, referral_ids)
    return found, unit.store.decisions_at(briefing_on, referral_ids)


def _weigh(referral: Referral | None, recorded: Weighed | None, decision: Decision, unit: Unit) -> Weighed:
    """What a decision leads to, or led to when it is recorded already."""
    if referral is None:
        raise UnknownReferral
    if recorded and recorded.decision == decision:
        return recorded
    if recorded or referral.table_on is None:
        raise AlreadyWeighed
    profile = unit.profile(referral.house)
    if broken := [Problem(*rule) for rule in decisions.broken_rules(referral, decision, profile, unit.today)]:
        raise Rejected(*broken)
    return decisions.weigh(referral, decision, profile)


def _problems(error: WeighingError | Rejected, place: str) -> Iterator[Problem]:
    problems = error.problems if isinstance(error, Rejected) else [Problem(error.field, error.reason)]
    for field, reason in problems:
        yield Problem(place + field, reason)


def _record(house: str, referrals: Mapping[UUID, Referral], weighed: Mapping[UUID, Weighed], unit: Unit) -> None:
    unit.store.add_decisions(house, weighed)
    unit.store.move_on_agenda([decisions.after(referrals[id], each) for id, each in weighed.items()])
    for referral_id, each in weighed.items():
        _announce_weighed(referrals[referral_id], each, unit)
        metrics.DECISIONS.labels(house, each.decision.decision).inc()


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
