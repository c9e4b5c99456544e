"""What partners told too late of people at no table, over HTTP."""

from uuid import UUID

from services.weighing.access import READ_LATE_INFORMATION
from services.weighing.house import House
from services.weighing.late_information import handlers
from services.weighing.late_information.messages import LateInformationList
from services.weighing.late_information.rules import LateInformation
from services.weighing.late_information.store import LateInformationStore
from shared.unit import Lookup, Unit
from shared.web import Call, command, lookup


@lookup(action=READ_LATE_INFORMATION, gives=LateInformationList)
def late_information(call: Call[None], unit: Lookup[House], request_id: UUID) -> LateInformationList:
    """What a partner told too late to one request, about somebody who was at no table, and who has read it."""
    return LateInformationList(items=tuple(unit.store(LateInformationStore).of_request(call.house, request_id)))


@command(action=READ_LATE_INFORMATION, gives=LateInformation)
def read_information(call: Call[None], unit: Unit[House], information_id: UUID) -> LateInformation:
    """Record that what a partner told of somebody at no table has been read. Again changes nothing."""
    return handlers.read(call.caller, information_id, unit)
