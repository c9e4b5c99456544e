"""What is announced of a closing."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.meetings.table_cases.rules import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCaseClosed:
    """`table-cases.closed.v1`: a case is no longer under treatment. `outcome` is present if the table is scored."""

    table_case_id: UUID
    table: str
    closed_on: date
    outcome: Outcome | None = None
