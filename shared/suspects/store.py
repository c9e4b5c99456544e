"""Since when cases of people run at ZSM. What is older than it is shown goes as newer days come."""

from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from shared.postgres import Store, load_queries

SHOWN = timedelta(days=14)
"""A case at ZSM is a matter of days."""


class SuspectStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def note(self, house: str, case_id: UUID, on: date) -> None:
        self.execute("forget_before", {"house": house, "day": on - SHOWN})
        self.execute("note", {"house": house, "case_id": case_id, "listed_on": on})

    def forget(self, case_id: UUID) -> None:
        self.execute("forget", {"case_id": case_id})

    def suspects(self, house: str, case_ids: Collection[UUID], today: date) -> dict[UUID, date]:
        """Of each of these cases whose person is a suspect: since when. Of merged records whichever was listed."""
        rows = self.fetch_all("suspects", {"house": house, "case_ids": list(case_ids), "since": today - SHOWN})
        return {row["case_id"]: row["listed_on"] for row in rows}
