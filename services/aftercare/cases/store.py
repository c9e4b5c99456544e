"""The cases of detentions and of the aftercare tables."""

from pathlib import Path
from uuid import UUID

from services.aftercare.cases.rules import UnknownCase
from shared.postgres import Store, load_queries


class CaseStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def is_known(self, house: str, case_id: UUID) -> bool:
        """Whether another service told of the case."""
        row = self.fetch_one("is_known", {"house": house, "case_id": case_id})
        return bool(row and row["known"])

    def check_case(self, house: str, case_id: UUID) -> None:
        """Raises UnknownCase if no other service told of the case: a mistyped id would help nobody."""
        if not self.is_known(house, case_id):
            raise UnknownCase
