"""What the service's own errors mean to whoever asked."""

from services.reporting.domain.errors import UnknownHouse
from shared.messaging.outcomes import NotFound, Rejected

OUTCOMES: dict[type[Exception], type[Rejected]] = {UnknownHouse: NotFound}
