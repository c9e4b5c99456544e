"""When subjects were on a list of suspects last, and of when the last lists are. Of anybody else nothing is kept."""

from collections.abc import Collection
from datetime import date
from pathlib import Path
from uuid import UUID

from shared.postgres import Store, load_queries


class SuspectStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def last_listed(self, subject_ids: Collection[UUID]) -> dict[UUID, date]:
        rows = self.fetch_all("last_listed", {"subject_ids": list(subject_ids)})
        return {row["subject_id"]: row["listed_on"] for row in rows}

    def set_listed(self, subject_ids: Collection[UUID], listed_on: date) -> None:
        self.execute("set_listed", {"subject_ids": list(subject_ids), "listed_on": listed_on})

    def set_last_list(self, house: str, partner: str, listed_on: date) -> None:
        self.execute("set_last_list", {"house": house, "partner": partner, "listed_on": listed_on})

    def last_lists(self, house: str) -> dict[str, date]:
        """The day of the last list, by partner."""
        return {row["partner"]: row["listed_on"] for row in self.fetch_all("last_lists", {"house": house})}
