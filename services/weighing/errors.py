"""What each domain error means to whoever asked."""

from collections.abc import Mapping

from services.weighing.domain.errors import AlreadyAnswered, AlreadyWeighed, UnknownReferral, WeighingError
from shared.house_unit import UnknownHouse
from shared.messaging.outcomes import Conflict, NotFound, Rejected

OUTCOMES: Mapping[type[Exception], type[Rejected]] = {
    UnknownReferral: NotFound,
    AlreadyWeighed: Conflict,
    AlreadyAnswered: Conflict,
    WeighingError: Rejected,
    UnknownHouse: Rejected,
}
