"""The journal as the source of the projections."""

from pathlib import Path
from typing import NamedTuple

from services.reporting.journal.store import PROJECTED_BY, projections_from
from shared.postgres import Store, load_queries

QUERIES = load_queries(Path(__file__).with_name("queries.sql"))


class JournalSize(NamedTuple):
    """How many events the journal holds, and the position of the last."""

    events: int
    last_position: int


class RebuildStore(Store):
    queries = QUERIES | projections_from(QUERIES["kept_events"])

    def hold_journal(self) -> None:
        self.execute("hold_journal")

    def empty_projections(self) -> None:
        self.execute("empty_projections")

    def journal_size(self) -> JournalSize:
        [size] = self.fetch_all("journal_size", None, JournalSize)
        return size

    def project(self, type: str, *, after: int, until: int) -> None:
        """Project all events of a type later than the one position of the journal, up to and with the other."""
        self.execute(PROJECTED_BY[type], {"type": type, "after": after, "until": until})
