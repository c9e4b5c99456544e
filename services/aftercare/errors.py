"""What each broken rule means to whoever asked."""

from collections.abc import Mapping

from services.aftercare.domain.errors import (
    BrokenRule,
    UnknownAdvance,
    UnknownCommitment,
    UnknownConversation,
    UnknownDetention,
    UnknownEntry,
    UnknownFund,
    UnknownStay,
    UnknownTrajectory,
)
from shared.house_unit import UnknownHouse
from shared.messaging import NotFound, Rejected

OUTCOMES: Mapping[type[Exception], type[Rejected]] = {
    UnknownDetention: NotFound,
    UnknownConversation: NotFound,
    UnknownTrajectory: NotFound,
    UnknownStay: NotFound,
    UnknownFund: NotFound,
    UnknownCommitment: NotFound,
    UnknownAdvance: NotFound,
    UnknownEntry: NotFound,
    BrokenRule: Rejected,
    UnknownHouse: Rejected,
}
