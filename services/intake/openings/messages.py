"""What meetings tells of the cases at its tables, as far as it opens or closes a purpose."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTableCase:
    """`table-cases.opened.v1`, `.closed.v1` or `.withdrawn.v1` of meetings, or `closings.withdrawn.v1`."""

    table_case_id: UUID
    table: str
