"""A person of the house decides whom a referral is about that was set aside."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from shared.rules import BrokenRule, Contradiction, UnknownObject

Person = Literal["same", "other"]


class UnknownConflict(UnknownObject):
    field = "referralId"
    reason = "is not a referral that was set aside in this house"


class AlreadyDecided(Contradiction):
    field = "person"
    reason = "is decided already, and otherwise"


class NotInConflict(BrokenRule):
    field = "subjectId"
    reason = "must be one of the subjects that have the number of this referral"


def meant(person: Person, subject_id: UUID | None, conflicts_with: Sequence[UUID]) -> UUID | None:
    """The known subject that the referral is about; None for another person. Raises NotInConflict."""
    if person == "other":
        return None
    if subject_id is None and len(conflicts_with) == 1:
        return conflicts_with[0]
    if subject_id not in conflicts_with:
        raise NotInConflict
    return subject_id
