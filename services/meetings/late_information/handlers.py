"""Information that comes too late for the weighing team reaches whoever holds the case."""

from datetime import UTC, datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from services.meetings.access import READ_LATE_INFORMATION
from services.meetings.house import House
from services.meetings.late_information.messages import LateSupplementReceived, LateSupplementReturned
from services.meetings.late_information.rules import LateInformation, UnknownInformation
from services.meetings.late_information.store import LateInformationStore
from services.meetings.table_cases.handlers import running_of_person
from services.meetings.table_cases.rules import Subject
from shared.messaging import Event
from shared.unit import Unit
from shared.web import Caller, acts_for_house


def note_information(event: Event[LateSupplementReceived], unit: Unit[House]) -> None:
    """Tell the holder of each running table case of the person that a partner told more; without one, weighing."""
    told = event.data
    at_tables = running_of_person(Subject(event.house, told.subject_id), unit)
    if not at_tables:
        _return(event, unit)
    for running in at_tables:
        information = LateInformation(
            information_id=uuid7(),
            table_case_id=running.table_case_id,
            referral_id=told.referral_id,
            partner=told.partner,
            told_on=told.supplemented_on,
            contribution_ids=told.contribution_ids or (),
        )
        unit.store(LateInformationStore).add(event.house, told.request_id, event.id, information)


def read(caller: Caller, information_id: UUID, unit: Unit[House]) -> LateInformation:
    """Record that the caller has read the information; who read it first stays.

    Raises UnknownInformation, also for a partner that does not hold the case.
    """
    store = unit.store(LateInformationStore)
    found = store.to_read(caller.house, information_id)
    if found is None or not (acts_for_house(caller, READ_LATE_INFORMATION) or found.case_holder == caller.organisation):
        raise UnknownInformation
    unit.concerns_case(found.case_id)
    store.read(information_id, unit.today, caller.name)
    return store.information(information_id)


def return_closed(unit: Unit[House]) -> None:
    """Leave to weighing what nobody had read when its table case was closed or withdrawn."""
    for unread in unit.store(LateInformationStore).return_closed(unit.today):
        message = LateSupplementReturned(
            request_id=unread.request_id,
            referral_id=unread.referral_id,
            partner=unread.partner,
            supplemented_on=unread.told_on,
            contribution_ids=tuple(unread.contribution_ids) if unread.contribution_ids else None,
        )
        unit.announce(message, house=unread.house, case_id=unread.case_id, time=datetime.now(UTC))


def _return(event: Event[LateSupplementReceived], unit: Unit[House]) -> None:
    told = event.data
    message = LateSupplementReturned(
        request_id=told.request_id,
        referral_id=told.referral_id,
        partner=told.partner,
        supplemented_on=told.supplemented_on,
        contribution_ids=told.contribution_ids,
    )
    unit.announce(message, house=event.house, case_id=event.required_case_id(), time=event.time)
