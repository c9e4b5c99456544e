"""Who was told what."""

from pathlib import Path
from uuid import UUID

from services.intake.disclosures.messages import DisclosureView
from shared.postgres import Store, load_queries


class DisclosureStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def subject_of_case(self, house: str, case_id: UUID) -> UUID | None:
        row = self.fetch_one("subject_of_case", {"house": house, "case_id": case_id})
        return row["subject_id"] if row else None

    def disclosures(self, case_id: UUID, subject_id: UUID, before: int | None, limit: int) -> list[DisclosureView]:
        wanted = {"case_id": case_id, "subject_id": subject_id, "before": before, "limit": limit}
        return self.fetch_all("disclosures", wanted, DisclosureView)
