"""What each broken rule means to whoever asked."""

from collections.abc import Mapping

from services.meetings.domain.errors import (
    AlreadyAnswered,
    AlreadyClosed,
    BrokenRule,
    UnknownMoment,
    UnknownTableCase,
)
from shared.house_unit import UnknownHouse
from shared.messaging import Conflict, NotFound, Rejected

OUTCOMES: Mapping[type[Exception], type[Rejected]] = {
    UnknownTableCase: NotFound,
    UnknownMoment: NotFound,
    AlreadyClosed: Conflict,
    AlreadyAnswered: Conflict,
    BrokenRule: Rejected,
    UnknownHouse: Rejected,
}
