"""What intake tells of who belongs with whom."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationChanged:
    """`relations.changed.v1` of intake: somebody belongs with somebody else, or not any more."""

    relation_id: UUID
    kind: str
    subject_id: UUID
    other_id: UUID
    until: date | None = None
    withdrawn: bool = False
