"""The projections are made again."""

from services.reporting.journal.store import PROJECTED_BY
from services.reporting.rebuild.store import RebuildStore

CHUNK = 20_000
"""Positions of the journal that are projected at a time: enough to make a statement's own cost nothing, few enough to
stay in memory."""


def rebuild(store: RebuildStore) -> int:
    """Empty the projections and fill them from the journal, in one transaction. Returns how many events there were."""
    store.hold_journal()
    store.empty_projections()
    size = store.journal_size()
    for after in range(0, size.last_position, CHUNK):
        for type in PROJECTED_BY:
            store.project(type, after=after, until=after + CHUNK)
    return size.events
