"""Detentions, and each release date that was known of them."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from services.aftercare.detentions.rules import Detention, ReleaseDate, UnknownDetention
from shared.postgres import Store, as_row, load_queries


class DetentionStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))
    written_later = ("add_detention", "add_release_date")

    def add_detention(self, detention: Detention) -> None:
        self.later("add_detention", as_row(detention))

    def add_release_date(self, detention: Detention, release_date: ReleaseDate) -> None:
        about = {"house": detention.house, "detention_id": detention.detention_id}
        self.later("add_release_date", about | as_row(release_date))

    def detention_to_change(self, house: str, detention_id: UUID) -> Detention:
        """Locked, so that of two commands the second sees the effect of the first. Raises UnknownDetention."""
        self.ask("lock_detention", {"house": house, "detention_id": detention_id})
        detention = self.detention(house, detention_id)
        if not detention:
            raise UnknownDetention
        return detention

    def detention(self, house: str, detention_id: UUID) -> Detention | None:
        return self.fetch_one("detention", {"house": house, "detention_id": detention_id}, detention_of)

    def detention_begun(self, house: str, case_id: UUID | None, detained_on: date) -> UUID | None:
        """The id of the detention of a case that began on a day."""
        row = self.fetch_one("detention_begun", {"house": house, "case_id": case_id, "detained_on": detained_on})
        return row["detention_id"] if row else None

    def release_dates(self, detention_id: UUID) -> list[ReleaseDate]:
        """All that were known, in the order in which they came."""
        return self.fetch_all("release_dates", {"detention_id": detention_id}, ReleaseDate)


def detention_of(*, release_on: date | None, source: str, changed_on: date, **columns: Any) -> Detention:
    """A row of a detention with the release date that counts, whose columns are null where there is none."""
    if release_on is None:
        return Detention(**columns)
    return Detention(**columns, release_date=ReleaseDate(release_on=release_on, source=source, changed_on=changed_on))
