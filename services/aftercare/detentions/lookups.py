"""Who is detained now."""

from services.aftercare.detentions.messages import DetainedNow, DetainedNowQuery
from services.aftercare.detentions.store import DetentionStore
from services.aftercare.house import House
from shared.unit import Lookup


def detained_now(house: str, query: DetainedNowQuery, lookup: Lookup[House]) -> DetainedNow:
    """The detentions of the people of these cases that run."""
    return DetainedNow(items=tuple(lookup.store(DetentionStore).detained_now(house, query.case_ids, lookup.today)))
