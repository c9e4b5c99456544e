"""The advices that partners were sent; the texts are in meetings."""

from pathlib import Path
from uuid import UUID

from shared.postgres import Store, load_queries


class SentAdviceStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def add_advice(self, house: str, advice_id: UUID, partner: str, case_id: UUID) -> None:
        row = {"house": house, "advice_id": advice_id, "partner": partner, "case_id": case_id}
        self.execute("add_advice", row)

    def newest(self, house: str, partner: str, case_id: UUID) -> UUID | None:
        """The advice on a person that a partner was sent last, whichever record of the person it was on."""
        row = self.fetch_one("newest", {"house": house, "partner": partner, "case_id": case_id})
        return row["advice_id"] if row else None
