"""The closings of table cases."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg.errors import UniqueViolation
from psycopg.types.json import Jsonb

from services.meetings.closings.messages import RecordedClosing
from services.meetings.closings.rules import SeatTaken
from services.meetings.table_cases.rules import Closing, Outcome, TableCase
from services.meetings.table_cases.store import CLOSING_TEXTS
from shared.postgres import as_row, load_queries
from shared.sealed_texts import StoreWithTexts


class ClosingStore(StoreWithTexts):
    queries = load_queries(Path(__file__).with_name("queries.sql"))
    sealed_columns = (*CLOSING_TEXTS, "because")

    def close_table_case(self, table_case: TableCase, closing: Closing, by: str) -> None:
        """by: who recorded the closing."""
        outcome = Jsonb(dict(closing.outcome)) if closing.outcome else None
        which = {"table_case_id": table_case.table_case_id, "recorded_by": by}
        self.execute("close_table_case", self._sealed(table_case, as_row(closing)) | which | {"outcome": outcome})

    def supersede_closing(self, table_case: TableCase, because: str, by: str) -> None:
        """Keep the closing that is corrected or withdrawn."""
        which = {"table_case_id": table_case.table_case_id, "because": because, "superseded_by": by}
        self.execute("supersede_closing", self._sealed(table_case, which))

    def reopen_table_case(self, table_case_id: UUID) -> None:
        """Raises SeatTaken if another transaction has opened a table case at the same seat meanwhile."""
        try:
            self.fetch_one("reopen_table_case", {"table_case_id": table_case_id})
        except UniqueViolation:
            raise SeatTaken from None

    def closings(self, table_case_id: UUID) -> list[RecordedClosing]:
        """The closings of a table case, also those that were corrected or withdrawn."""
        return self.fetch_all("closings", {"table_case_id": table_case_id}, _closing)


def _closing(
    *,
    closed_on: date,
    outcome: Outcome | None,
    running_on_reason: str | None,
    without_plan_because: str | None,
    **recorded: Any,
) -> RecordedClosing:
    closing = Closing(
        closed_on=closed_on,
        outcome=outcome,
        running_on_reason=running_on_reason,
        without_plan_because=without_plan_because,
    )
    return RecordedClosing(closing=closing, **recorded)
