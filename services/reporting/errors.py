"""What an error means to whoever asked."""

from services.reporting.domain.errors import UnknownMunicipality
from shared.house_unit import UnknownHouse
from shared.messaging.outcomes import NotFound, Rejected

OUTCOMES: dict[type[Exception], type[Rejected]] = {UnknownHouse: NotFound, UnknownMunicipality: NotFound}
