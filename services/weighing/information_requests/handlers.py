"""Partners are asked about a referral, reminded, and answer."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from services.weighing.calendar.lookups import house_of
from services.weighing.house import House
from services.weighing.information_requests import rules
from services.weighing.information_requests.asking import (
    AskPartner,
    answer_by,
    asked_anew,
    asked_by_hand,
    broken_question,
    requests_about,
)
from services.weighing.information_requests.messages import (
    InformationRequestAnswered,
    InformationRequestIssued,
    InformationRequestReminded,
    InformationRequestRescheduled,
    InformationRequestSupplemented,
    InformationRequestVoided,
    LateSupplementReceived,
    RemindedPartners,
    issued,
)
from services.weighing.information_requests.rules import InformationRequest, Supplement
from services.weighing.information_requests.store import InformationRequestStore
from services.weighing.referrals.rules import Referral, UnknownReferral
from services.weighing.referrals.store import ReferralStore
from shared.business_dates import noon
from shared.messaging import Event, Rejected, problem_of
from shared.unit import Unit
from shared.web import Caller
from shared.working_days import is_working_day, next_working_day

REMINDED_TOGETHER = 500
DAY = timedelta(days=1)


def ask_about(referral: Referral, time: datetime, unit: Unit[House]) -> None:
    """Record and announce the information requests about a referral that came on the agenda.

    time: of the registration.
    """
    for request in requests_about(referral, house_of(referral.house, unit), unit.today):
        _ask(request, referral, time, unit)


def ask_by_hand(caller: Caller, referral_id: UUID, wanted: AskPartner, unit: Unit[House]) -> InformationRequest:
    """Ask a partner besides. Raises UnknownReferral, NotOnAgenda, AlreadyAsked, Rejected."""
    referral = unit.store(ReferralStore).referrals_to_weigh(caller.house, [referral_id]).get(referral_id)
    if referral is None:
        raise UnknownReferral
    house = house_of(caller.house, unit)
    if problems := [problem_of(rule) for rule in broken_question(wanted, house)]:
        raise Rejected(*problems)
    before = unit.store(InformationRequestStore).information_requests([referral_id])
    request = asked_by_hand(referral, before, wanted, caller.name, house, unit.today)
    unit.concerns_case(referral.case_id)
    _ask(request, referral, datetime.now(UTC), unit)
    return request


def follow_decisions(moved: Collection[Referral], on: date, unit: Unit[House], *, withdrawn: bool = False) -> None:
    """Tell the partners that have not answered that nobody waits any more, and ask anew about what comes back.

    moved: referrals on which a decision was recorded or corrected, each with its next place on the agenda. on: the
    briefing of these decisions. withdrawn: the decision was none; then an answer that was given holds, and its partner
    is not asked again.
    """
    store, referrals = unit.store(InformationRequestStore), {referral.referral_id: referral for referral in moved}
    time = noon(on)
    for request in store.void(referrals.keys(), unit.today):
        _call_off(request, referrals[request.referral_id], time, unit)
    back = {id for id, referral in referrals.items() if referral.table_on}
    before = store.information_requests(back) if back else []
    for referral_id in back:
        referral = referrals[referral_id]
        own = [request for request in before if request.referral_id == referral_id]
        for request in asked_anew(referral, own, house_of(referral.house, unit), unit.today, held=withdrawn):
            _ask(request, referral, time, unit)


def reschedule(house: str, referrals: Collection[Referral], briefing_on: date, since: date, unit: Unit[House]) -> None:
    """Partners that have not answered are asked until the day that another briefing gives.

    since: what was due before that day stays as it is.
    """
    by_id = {referral.referral_id: referral for referral in referrals}
    day = answer_by(briefing_on, house_of(house, unit), unit.today)
    for request in unit.store(InformationRequestStore).reschedule(by_id.keys(), since, day):
        referral = by_id[request.referral_id]
        message = InformationRequestRescheduled(**issued(request, referral))
        unit.announce(message, house=referral.house, case_id=referral.case_id, time=datetime.now(UTC))


def remind_today(unit: Unit[House]) -> None:
    """Remind the partners of every house, on the day that it is in the Netherlands."""
    for house in unit.houses:
        remind(house, unit.today, unit)


def remind(house: str, on: date, unit: Unit[House]) -> RemindedPartners:
    """Remind partners whose answer is due by the working day after this one, once each."""
    if not is_working_day(on):
        return RemindedPartners(on=on, reminded=0)
    due = unit.store(InformationRequestStore).remind(house, on, next_working_day(on + DAY), REMINDED_TOGETHER)
    for request in due:
        message = InformationRequestReminded(
            request_id=request.request_id,
            referral_id=request.referral_id,
            partner=request.partner,
            answer_by=request.answer_by,
        )
        unit.announce(message, house=house, case_id=request.case_id, time=datetime.now(UTC))
    return RemindedPartners(on=on, reminded=len(due))


def record_answer(event: Event[InformationRequestAnswered], unit: Unit[House]) -> None:
    """Record the partner's answer, in time or late, so that the referral shows the answer."""
    given = event.data
    store = unit.store(InformationRequestStore)
    request, decided = store.information_request_to_answer(event.house, given.request_id, given.partner)
    answered = rules.answer(
        request, given.answered_on, given.involved, given.services, given.contact_id, decided=decided
    )
    store.answer_information_request(answered)
    if decided and any(service.answer == "known" for service in answered.standing):
        _tell_late(event, answered, given.answered_on, unit)


def record_supplement(event: Event[InformationRequestSupplemented], unit: Unit[House]) -> None:
    """Record what the partner adds to its answer or corrects; after the decision it is late, and announced."""
    given = event.data
    store = unit.store(InformationRequestStore)
    request, decided = store.information_request_to_answer(event.house, given.request_id, given.partner)
    added = Supplement(
        supplemented_on=given.supplemented_on, services=given.services, contact_id=given.contact_id, late=decided
    )
    supplemented = rules.supplement(request, added)
    store.supplement_information_request(given.request_id, added)
    if decided:
        _tell_late(event, supplemented, given.supplemented_on, unit)


def _tell_late(
    event: Event[InformationRequestAnswered] | Event[InformationRequestSupplemented],
    request: InformationRequest,
    on: date,
    unit: Unit[House],
) -> None:
    """Announce what a partner tells on a referral that the team is done with."""
    if referral := unit.store(ReferralStore).referral(event.house, request.referral_id):
        message = LateSupplementReceived(
            request_id=request.request_id,
            referral_id=referral.referral_id,
            subject_id=referral.subject_id,
            partner=request.partner,
            supplemented_on=on,
            contribution_ids=rules.texts_of(event.data.services or (), event.data.contact_id) or None,
        )
        unit.announce(message, house=referral.house, case_id=referral.case_id, time=event.time)


def _call_off(request: InformationRequest, referral: Referral, time: datetime, unit: Unit[House]) -> None:
    """Tell the partner, if it hears such things: else nearly every decision had an event that nobody is told of."""
    if request.partner in unit.profile(referral.house).hear_withdrawals:
        message = InformationRequestVoided(
            request_id=request.request_id, referral_id=request.referral_id, partner=request.partner
        )
        unit.announce(message, house=referral.house, case_id=referral.case_id, time=time)


def _ask(request: InformationRequest, referral: Referral, time: datetime, unit: Unit[House]) -> None:
    unit.store(InformationRequestStore).add_information_request(referral.house, request)
    message = InformationRequestIssued(**issued(request, referral))
    unit.announce(message, house=referral.house, case_id=referral.case_id, time=time)
