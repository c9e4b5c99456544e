"""For what a person is discussed, and how often somebody asked."""

from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from shared.postgres import Store, load_queries


class DiscussedStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def asked(self, house: str, caller: str, since: datetime) -> int:
        """How many questions of a caller were answered since then."""
        row = self.fetch_one("asked", {"house": house, "caller": caller, "since": since})
        return row["asked"] if row else 0

    def running(self, house: str, case_id: UUID, purposes: Collection[str], ended_until: date) -> frozenset[str]:
        """Those of these purposes that go on for a case, whichever record of the person it is of.

        ended_until: the last day on which anything that has ended by today is readable.
        """
        wanted = {"house": house, "case_id": case_id, "purposes": sorted(purposes), "ended_until": ended_until}
        return frozenset(row["purpose"] for row in self.fetch_all("running", wanted))
