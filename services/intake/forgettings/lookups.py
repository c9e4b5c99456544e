"""Who waits to be forgotten, and who decided what on whom nobody knows any more."""

from services.intake.forgettings.messages import ForgettingList
from services.intake.forgettings.store import ForgettingRequestStore
from services.intake.unit import Lookup


def forgettings(house_id: str, lookup: Lookup) -> ForgettingList:
    """What waits and what was decided, without names."""
    store = lookup.store(ForgettingRequestStore)
    return ForgettingList(waiting=tuple(store.waiting(house_id)), decided=tuple(store.decided(house_id)))
