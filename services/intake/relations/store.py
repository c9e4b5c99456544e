"""Relations between subjects; why one was a mistake is a sealed text."""

from collections.abc import Collection
from pathlib import Path
from uuid import UUID

from services.intake.relations.messages import MOST_LISTED
from services.intake.relations.rules import Relation
from services.intake.subjects.store import SubjectStore
from shared.postgres import Store, as_row, load_queries


class RelationStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))
    written_later = ("add_relations",)
    written_after = (SubjectStore,)

    def add_relation(self, relation: Relation) -> None:
        """One that runs already stays as it is."""
        row = as_row(relation)
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
