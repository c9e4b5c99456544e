"""What each domain error means to whoever asked."""

from collections.abc import Mapping

from services.intake.domain.errors import (
    AnsweredAlready,
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
    AnsweredAlready: Conflict,
    IntakeError: Rejected,
}
