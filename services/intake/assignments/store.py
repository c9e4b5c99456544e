"""Trajectories and conversations in prison that a partner carries out."""

from pathlib import Path
from uuid import UUID

from shared.postgres import Store, load_queries


class AssignmentStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def add_assignment(self, house: str, partner: str, assignment_id: UUID, case_id: UUID) -> None:
        which = {"house": house, "partner": partner, "assignment_id": assignment_id}
        self.execute("add_assignment", which | {"case_id": case_id})

    def case_of_assignment(self, house: str, partner: str, assignment_id: UUID) -> UUID | None:
        which = {"house": house, "partner": partner, "assignment_id": assignment_id}
        row = self.fetch_one("case_of_assignment", which)
        return row["case_id"] if row else None
