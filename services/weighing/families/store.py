"""Relations that run now."""

from collections.abc import Collection
from pathlib import Path
from uuid import UUID

from services.weighing.families.messages import RelationChanged
from shared.postgres import Store, as_row, load_queries


class FamilyStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def keep_relation(self, house: str, told: RelationChanged) -> None:
        self.execute("keep_relation", as_row(told) | {"house": house})

    def forget_relation(self, relation_id: UUID) -> None:
        self.execute("forget_relation", {"relation_id": relation_id})

    def forget_subject(self, subject_id: UUID) -> None:
        """Nobody belongs with this subject any more."""
        self.execute("forget_subject", {"subject_id": subject_id})

    def relations_of(self, subject_ids: Collection[UUID]) -> list[tuple[UUID, UUID]]:
        """Whom relations of these people and families are between."""
        rows = self.fetch_all("relations_of", {"subject_ids": list(subject_ids)})
        return [(row["subject_id"], row["other_id"]) for row in rows]
