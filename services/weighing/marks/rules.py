"""What a coordinator notes about a referral that waits, so that the briefing goes faster."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.weighing.referrals.rules import Referral
from shared.rules import BrokenRule, Contradiction


class NotWaiting(Contradiction):
    field = "referralId"
    reason = "is not on the agenda of any briefing: the team has decided"


class LinkedWithItself(BrokenRule):
    reason = "is the referral itself"


class CannotBeLinked(BrokenRule):
    reason = "is not a referral of this sub-region that waits for a decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Of one referral at one tabling. linked_with: referrals of one subject or family, or linked by hand: they are
    discussed together. settled_beforehand: why all is arranged already; None if it is not.
    """

    referral_id: UUID
    urgent: bool = False
    linked_with: tuple[UUID, ...] = ()
    settled_beforehand: str | None = None


def broken_links(
    referral: Referral, linked_with: Sequence[UUID], known: Mapping[UUID, Referral]
) -> Iterator[BrokenRule]:
    """Each link that cannot be, by its position. known: the referrals of the house among these."""
    for position, other_id in enumerate(linked_with):
        field, other = f"linkedWith[{position}]", known.get(other_id)
        if other_id == referral.referral_id:
            yield LinkedWithItself(field)
        elif other is None or other.sub_region != referral.sub_region or other.table_on is None:
            yield CannotBeLinked(field)
