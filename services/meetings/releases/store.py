"""The release dates that changed, by detention."""

from pathlib import Path
from uuid import UUID

from services.meetings.releases.messages import Release, ReleaseDateChanged
from shared.postgres import Store, as_row, load_queries


class ReleaseStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def set_release(self, house: str, case_id: UUID, changed: ReleaseDateChanged) -> None:
        self.execute("set_release", as_row(changed) | {"house": house, "case_id": case_id})

    def drop_release(self, house: str, detention_id: UUID) -> None:
        self.execute("drop_release", {"house": house, "detention_id": detention_id})

    def releases(self, house: str, case_id: UUID) -> list[Release]:
        """The releases of the person of a case, the last one first."""
        return self.fetch_all("releases", {"house": house, "case_id": case_id}, Release)
