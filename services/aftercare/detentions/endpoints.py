"""Release dates, over HTTP."""

from uuid import UUID

from services.aftercare.access import CHANGE_RELEASE_DATE
from services.aftercare.detentions import handlers
from services.aftercare.detentions.rules import Detention, ReleaseDate
from services.aftercare.house import House
from shared.unit import Unit
from shared.web import Call, command


@command(action=CHANGE_RELEASE_DATE, takes=ReleaseDate, gives=Detention, status=201)
def change_release_date(call: Call[ReleaseDate], unit: Unit[House], detention_id: UUID) -> Detention:
    """Record a new release date."""
    return handlers.change_release_date(call.house, detention_id, call.input, unit)
