"""Trajectories and conversations in prison that a partner carries out."""

from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from shared.postgres import Store, load_queries


class Assigned(NamedTuple):
    """About whom a partner is to do something. is_forgotten: the house has forgotten who that is."""

    case_id: UUID
    is_forgotten: bool


class AssignmentStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def add_assignment(self, house: str, partner: str, assignment_id: UUID, case_id: UUID) -> None:
        which = {"house": house, "partner": partner, "assignment_id": assignment_id}
        self.execute("add_assignment", which | {"case_id": case_id})

    def assigned(self, house: str, partner: str, assignment_id: UUID) -> Assigned | None:
        which = {"house": house, "partner": partner, "assignment_id": assignment_id}
        return self.fetch_one("assigned", which, Assigned)
