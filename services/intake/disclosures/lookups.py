"""Who saw what of a case."""

from uuid import UUID

from services.intake.disclosures.messages import DisclosureList, DisclosuresQuery
from services.intake.disclosures.store import DisclosureStore
from services.intake.unit import Lookup
from shared.rules import UnknownCase


def disclosures(house: str, case_id: UUID, query: DisclosuresQuery, lookup: Lookup) -> DisclosureList:
    """A page of the looks at a case. Raises UnknownCase, also if it is known from sealed matters alone."""
    store = lookup.store(DisclosureStore)
    subject_id = store.subject_of_case(house, case_id)
    if subject_id is None:
        raise UnknownCase
    found = store.disclosures(case_id, subject_id, query.before, query.limit + 1)
    items = tuple(found[: query.limit])
    following = items[-1].position if len(found) > query.limit else None
    return DisclosureList(subject_id=subject_id, items=items, next=following)
