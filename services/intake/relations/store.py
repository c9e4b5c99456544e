"""Relations between subjects; why one was a mistake is a sealed text."""

from collections.abc import Collection
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.intake.relations.messages import MOST_LISTED
from services.intake.relations.rules import Relation
from services.intake.subjects.store import SubjectStore
from shared.postgres import Statements, Store, as_row, load_queries


class RelationStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))
    written_later = ("add_relations",)
    written_after = (SubjectStore,)

    def __init__(self, statements: Statements | Connection[Any]) -> None:
        super().__init__(statements)
        self._families: dict[UUID, set[UUID]] = {}

    def load_families(self, subject_ids: Collection[UUID]) -> None:
        """Read of which families and groups these people are members now, as far as it is not read yet."""
        if missing := [id for id in subject_ids if id not in self._families]:
            self._families |= {id: set() for id in missing}
            for row in self.fetch_all("families", {"subject_ids": missing}):
                self._families[row["subject_id"]].add(row["other_id"])

    def families_of(self, subject_ids: Collection[UUID]) -> set[UUID]:
        """The families and groups of whoever has these records."""
        self.load_families(subject_ids)
        return set().union(*(self._families[id] for id in subject_ids))

    def add_relation(self, relation: Relation) -> None:
        """One that runs already stays as it is. Two families with a member in common wait for a look."""
        row = as_row(relation)
        if relation.kind == "member" and relation.runs:
            self._families.setdefault(relation.subject_id, set()).add(relation.other_id)
        self.later("add_relations", {name: row[name] for name in ADDED})

    def relation_to_change(self, house: str, relation_id: UUID) -> Relation | None:
        """Locked, so that of two commands the second sees what the first did."""
        return self.fetch_one("relation_to_change", {"house": house, "relation_id": relation_id}, Relation)

    def change_relation(self, relation: Relation) -> None:
        """relation: as it is from now on."""
        self.execute("change_relation", as_row(relation))

    def relations_of(self, house: str, subject_ids: Collection[UUID]) -> list[Relation]:
        """Those of whoever has these records, as far as they fit on a page; those that run first."""
        wanted = {"house": house, "subject_ids": list(subject_ids), "limit": MOST_LISTED}
        return self.fetch_all("relations_of", wanted, Relation)


ADDED = (
    *("relation_id", "house", "kind", "subject_id", "other_id"),
    *("since", "until", "source", "recorded_by", "recorded_at"),
)
"""The columns of a relation that is new."""
