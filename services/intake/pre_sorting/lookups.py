"""Which referrals are weighed only if they are worrying."""

from services.intake.pre_sorting.messages import HeldBackList
from services.intake.pre_sorting.store import PreSortingStore
from services.intake.unit import Lookup


def held_back(house_id: str, lookup: Lookup) -> HeldBackList:
    """What waits for somebody to say so or not, and what is not weighed."""
    store = lookup.store(PreSortingStore)
    return HeldBackList(waiting=tuple(store.waiting(house_id)), not_worrying=tuple(store.not_worrying(house_id)))
