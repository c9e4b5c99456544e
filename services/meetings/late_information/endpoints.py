"""What partners told too late for the weighing team, over HTTP."""

from uuid import UUID

from services.meetings.access import READ_LATE_INFORMATION
from services.meetings.house import House
from services.meetings.late_information import handlers
from services.meetings.late_information.rules import LateInformation
from shared.unit import Unit
from shared.web import Call, command


@command(action=READ_LATE_INFORMATION, gives=LateInformation)
def read_information(call: Call[None], unit: Unit[House], information_id: UUID) -> LateInformation:
    """Record that what a partner told too late for the weighing team has been read. Again changes nothing."""
    return handlers.read(call.caller, information_id, unit)
