"""What each broken rule means to whoever asked."""

from collections.abc import Mapping

from services.aftercare.domain.errors import BrokenRule, UnknownDetention
from shared.house_unit import UnknownHouse
from shared.messaging import NotFound, Rejected

OUTCOMES: Mapping[type[Exception], type[Rejected]] = {
    UnknownDetention: NotFound,
    BrokenRule: Rejected,
    UnknownHouse: Rejected,
}
