"""Which referrals wait for a person."""

from services.intake.identity_conflicts.messages import WaitingReferral, WaitingReferrals
from services.intake.set_aside.store import SetAsideStore
from services.intake.unit import Lookup


def waiting_referrals(house_id: str, lookup: Lookup) -> WaitingReferrals:
    """The referrals on which nobody has decided yet, without names."""
    waiting = lookup.store(SetAsideStore).waiting(house_id)
    return WaitingReferrals(waiting=tuple(WaitingReferral(**each._asdict()) for each in waiting))
