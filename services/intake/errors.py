"""What each domain error means to whoever asked."""

from collections.abc import Mapping

from services.intake.domain.errors import (
    AlreadyAnswered,
    IntakeError,
    UnknownReferral,
    UnknownSubject,
)
from shared.house_unit import UnknownHouse
from shared.messaging.outcomes import Conflict, NotFound, Rejected

OUTCOMES: Mapping[type[Exception], type[Rejected]] = {
    UnknownHouse: NotFound,
    UnknownReferral: NotFound,
    UnknownSubject: NotFound,
    AlreadyAnswered: Conflict,
    IntakeError: Rejected,
}
