"""A municipality is asked about a referral, and answers."""

from datetime import datetime

from services.weighing.house import House
from services.weighing.information_requests import rules
from services.weighing.information_requests.messages import (
    InformationRequestAnswered,
    InformationRequestIssued,
    InformationRequestSupplemented,
)
from services.weighing.information_requests.rules import Supplement
from services.weighing.information_requests.store import InformationRequestStore
from services.weighing.referrals.rules import Referral
from shared.messaging import Event
from shared.unit import Unit


def ask_municipality(referral: Referral, time: datetime, unit: Unit[House]) -> None:
    """Record and announce the information request about a referral that came on the agenda, if anybody is asked.

    time: of the registration.
    """
    request = rules.information_request(referral, unit.profile(referral.house), unit.today)
    if not request:
        return
    unit.store(InformationRequestStore).add_information_request(referral.house, request)
    message = InformationRequestIssued(
        request_id=request.request_id,
        referral_id=request.referral_id,
        subject_id=referral.subject_id,
        partner=request.partner,
        answer_by=request.answer_by,
    )
    unit.announce(message, house=referral.house, case_id=referral.case_id, time=time)


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
