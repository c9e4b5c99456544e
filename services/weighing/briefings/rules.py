"""Which referrals can be chosen for an extra briefing."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from services.weighing.referrals.rules import Referral
from shared.rules import BrokenRule


class NotAReferral(BrokenRule):
    reason = "is not a referral of this house"


class OtherSubRegion(BrokenRule):
    reason = "is a referral of another sub-region"


class NotWaiting(BrokenRule):
    reason = "is not on the agenda of any briefing: the team has decided"


def unfit_items(referral_ids: Sequence[UUID], known: Mapping[UUID, Referral], sub_region: str) -> Iterator[BrokenRule]:
    """Each referral that cannot be chosen, by its position. known: the referrals of the house among these."""
    for position, referral_id in enumerate(referral_ids):
        field = f"referralIds[{position}]"
        if not (referral := known.get(referral_id)):
            yield NotAReferral(field)
        elif referral.sub_region != sub_region:
            yield OtherSubRegion(field)
        elif referral.table_on is None:
            yield NotWaiting(field)
