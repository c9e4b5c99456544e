"""A municipality is asked about a referral, and answers."""

from collections.abc import Collection
from datetime import UTC, date, datetime

from services.weighing.calendar.lookups import house_of
from services.weighing.house import House
from services.weighing.information_requests import rules
from services.weighing.information_requests.messages import (
    InformationRequestAnswered,
    InformationRequestIssued,
    InformationRequestRescheduled,
    InformationRequestSupplemented,
)
from services.weighing.information_requests.rules import InformationRequest, Supplement
from services.weighing.information_requests.store import InformationRequestStore
from services.weighing.referrals.rules import Referral
from shared.messaging import Event
from shared.unit import Unit


def ask_municipality(referral: Referral, time: datetime, unit: Unit[House]) -> None:
    """Record and announce the information request about a referral that came on the agenda, if anybody is asked.

    time: of the registration.
    """
    request = rules.information_request(referral, house_of(referral.house, unit), unit.today)
    if not request:
        return
    unit.store(InformationRequestStore).add_information_request(referral.house, request)
    _announce(InformationRequestIssued, request, referral, time, unit)


def reschedule(house: str, referrals: Collection[Referral], briefing_on: date, since: date, unit: Unit[House]) -> None:
    """Partners that have not answered are asked until the day that another briefing gives.

    since: what was due before that day stays as it is.
    """
    by_id = {referral.referral_id: referral for referral in referrals}
    day = rules.answer_by(briefing_on, house_of(house, unit), unit.today)
    for request in unit.store(InformationRequestStore).reschedule(by_id.keys(), since, day):
        referral = by_id[request.referral_id]
        _announce(InformationRequestRescheduled, request, referral, datetime.now(UTC), unit)


def record_answer(event: Event[InformationRequestAnswered], unit: Unit[House]) -> None:
    """Record the partner's answer, in time or late, so that the referral shows the answer."""
    given = event.data
    store = unit.store(InformationRequestStore)
    request, decided = store.information_request_to_answer(event.house, given.request_id, given.partner)
    answered = rules.answer(request, given.answered_on, given.involved, given.services, decided=decided)
    store.answer_information_request(answered)


def record_supplement(event: Event[InformationRequestSupplemented], unit: Unit[House]) -> None:
    """Record what the partner adds to its answer or corrects; what comes after the decision is marked late."""
    given = event.data
    store = unit.store(InformationRequestStore)
    request, decided = store.information_request_to_answer(event.house, given.request_id, given.partner)
    added = Supplement(supplemented_on=given.supplemented_on, services=given.services, late=decided)
    rules.supplement(request, added)
    store.supplement_information_request(given.request_id, added)


def _announce(
    kind: type[InformationRequestIssued],
    request: InformationRequest,
    referral: Referral,
    time: datetime,
    unit: Unit[House],
) -> None:
    message = kind(
        request_id=request.request_id,
        referral_id=request.referral_id,
        subject_id=referral.subject_id,
        partner=request.partner,
        answer_by=request.answer_by,
    )
    unit.announce(message, house=referral.house, case_id=referral.case_id, time=time)
