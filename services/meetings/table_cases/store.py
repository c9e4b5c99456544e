"""Table cases, and the referrals that brought them to their table."""

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from services.meetings.table_cases.messages import TableCasesQuery
from services.meetings.table_cases.rules import Closing, Outcome, Seat, TableCase, UnknownTableCase
from shared.postgres import Row, Statements, Store, as_row, load_queries


class TableCaseStore(Store):
    """Knows which table cases run at the seats that its transaction has read, including those that it opened itself.

    With `load_running` a batch reads all seats that it is going to ask for at once.
    """

    queries = load_queries(Path(__file__).with_name("queries.sql"))
    written_later = ("open_table_cases", "add_referral")

    def __init__(self, statements: Statements) -> None:
        super().__init__(statements)
        self._running: dict[Seat, UUID | None] = {}

    def load_running(self, seats: Collection[Seat]) -> None:
        """Read which table cases run at these seats; none of them is closed before the transaction ends."""
        columns = {name: [getattr(seat, name) for seat in seats] for name in Seat._fields}
        rows = self.fetch_all("running_table_cases", columns, prepare=False)
        self._running |= dict.fromkeys(seats)
        self._running |= {Seat(row["house"], row["subject_id"], row["table"]): row["table_case_id"] for row in rows}

    def open_table_case(self, table_case: TableCase) -> bool:
        """Returns False if the subject has a running case at that table.

        The database decides: at once or, if this transaction has read that nothing runs there, when it ends. If another
        transaction has opened one meanwhile, this one fails.
        """
        seat = table_case.seat
        if seat not in self._running:
            return self.fetch_one("open_table_case", as_row(table_case)) is not None
        if self._running[seat]:
            return False
        self._running[seat] = table_case.table_case_id
        self.later("open_table_cases", as_row(table_case))
        return True

    def running_table_case(self, seat: Seat) -> UUID | None:
        if seat not in self._running:
            self.load_running([seat])
        return self._running[seat]

    def add_referral(self, table_case_id: UUID, referral_id: UUID, referred_on: date) -> None:
        parameters = {"table_case_id": table_case_id, "referral_id": referral_id, "referred_on": referred_on}
        self.later("add_referral", parameters)

    def table_case_to_change(self, house: str, table_case_id: UUID) -> TableCase:
        """Locked, so that of two commands the second sees what the first did. Raises UnknownTableCase."""
        found = self.table_cases_to_change(house, [table_case_id])
        if table_case_id not in found:
            raise UnknownTableCase
        return found[table_case_id]

    def table_cases_to_change(self, house: str, table_case_ids: Sequence[UUID]) -> dict[UUID, TableCase]:
        """Those of the house among them, locked."""
        wanted = {"house": house, "table_case_ids": list(table_case_ids)}
        found = self.fetch_all("table_cases_to_change", wanted, _table_case)
        return {table_case.table_case_id: table_case for table_case in found}

    def table_cases(self, house: str, query: TableCasesQuery) -> list[TableCase]:
        """One more than the page holds, if there is a next page."""
        wanted = {
            "house": house,
            "table": query.table,
            "running": None if query.state is None else query.state == "open",
            "referral_id": query.referral_id,
            "after": query.cursor,
            "limit": query.limit + 1,
        }
        return self.fetch_all("table_cases", wanted, _table_case)

    def referrals(self, table_case_id: UUID) -> list[Row]:
        """referral_id and referred_on of each referral that opened the table case or found it running."""
        return self.fetch_all("referrals", {"table_case_id": table_case_id})

    def table_case(self, house: str, table_case_id: UUID) -> TableCase | None:
        return self.fetch_one("table_case", {"house": house, "table_case_id": table_case_id}, _table_case)


def _table_case(
    *, closed_on: date | None, outcome: Outcome | None, running_on_reason: str | None, **columns: Any
) -> TableCase:
    if not closed_on:
        return TableCase(**columns)
    closing = Closing(closed_on=closed_on, outcome=outcome, running_on_reason=running_on_reason)
    return TableCase(**columns, closing=closing)
