"""Our detentions that go beside an outflow list."""

from collections.abc import Collection
from pathlib import Path
from uuid import UUID

from services.aftercare.detentions.rules import Detention
from services.aftercare.detentions.store import detention_of
from shared.postgres import Store, load_queries


class ReconciliationStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def detentions_beside_outflows(self, house: str, year: int, case_ids: Collection[UUID]) -> list[Detention]:
        """The detentions of the year, and all detentions of the people in these cases."""
        parameters = {"house": house, "list_year": year, "case_ids": list(case_ids)}
        return self.fetch_all("detentions_beside_outflows", parameters, detention_of)
