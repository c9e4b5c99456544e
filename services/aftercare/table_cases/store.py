"""The aftercare tables' cases."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from shared.postgres import Store, as_row, load_queries


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What an event tells of a table case. told_by: the id of the event."""

    house: str
    case_id: UUID
    table_case_id: UUID
    told_by: UUID


class TableCaseStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))
    written_later = ("open_table_case", "close_table_case")

    def open_table_case(self, heard: Heard, opened_on: date | None) -> None:
        """opened_on: None if the case never came to the table."""
        self.later("open_table_case", as_row(heard) | {"opened_on": opened_on})

    def close_table_case(self, heard: Heard, closed_on: date | None) -> None:
        """closed_on: None if the case is under treatment again."""
        self.later("close_table_case", as_row(heard) | {"closed_on": closed_on})
