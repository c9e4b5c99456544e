"""What came too late about somebody at no table waits for the information coordinator, until others have it."""

from datetime import UTC, datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from services.weighing.house import House
from services.weighing.information_requests.messages import LateSupplementReceived
from services.weighing.information_requests.rules import UnknownInformationRequest
from services.weighing.information_requests.store import InformationRequestStore
from services.weighing.late_information.messages import LateSupplementReturned
from services.weighing.late_information.rules import LateInformation, UnknownInformation, running_at
from services.weighing.late_information.store import LateInformationStore
from services.weighing.referrals.rules import Referral, UnknownReferral
from services.weighing.referrals.store import ReferralStore
from shared.messaging import Event
from shared.unit import Unit
from shared.web import Caller


def keep_returned(event: Event[LateSupplementReturned], unit: Unit[House]) -> None:
    """Leave to the information coordinator what a partner told of somebody at no table, unless it was withdrawn."""
    told = event.data
    referral = unit.store(ReferralStore).referral(event.house, told.referral_id)
    if referral is None:
        raise UnknownReferral
    information = LateInformation(
        information_id=uuid7(),
        request_id=told.request_id,
        told_on=told.supplemented_on,
        guard=_guard(told, referral, unit),
    )
    unit.store(LateInformationStore).add(event.house, told, information)


def read(caller: Caller, information_id: UUID, unit: Unit[House]) -> LateInformation:
    """Record that the caller has read it; who read it first stays. Raises UnknownInformation."""
    store = unit.store(LateInformationStore)
    case_id = store.case_to_read(caller.house, information_id)
    if case_id is None:
        raise UnknownInformation
    unit.concerns_case(case_id)
    store.read(information_id, unit.today, caller.name)
    return store.information(information_id)


def leave_to_others(unit: Unit[House]) -> None:
    """Of whoever came to a table since, tell meetings once more; what is on an agenda again is on the team's board."""
    store = unit.store(LateInformationStore)
    store.end_tabled(unit.today)
    for found in store.hand_over(unit.today):
        message = LateSupplementReceived(
            request_id=found.request_id,
            referral_id=found.referral_id,
            subject_id=found.subject_id,
            partner=found.partner,
            supplemented_on=found.told_on,
            contribution_ids=tuple(found.contribution_ids) if found.contribution_ids else None,
        )
        unit.announce(message, house=found.house, case_id=found.case_id, time=datetime.now(UTC))


def _guard(told: LateSupplementReturned, referral: Referral, unit: Unit[House]) -> str | None:
    requests = unit.store(InformationRequestStore).information_requests([referral.referral_id])
    asked = next((each for each in requests if each.request_id == told.request_id), None)
    if asked is None:
        raise UnknownInformationRequest
    return running_at(asked, told.supplemented_on, referral, unit.profile(referral.house))
