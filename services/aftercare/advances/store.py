"""Advances with their instalments and the balances of their accounts. Amounts are Decimal, in euros."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from services.aftercare.advances.messages import AdvancesQuery, PlannedInstalment
from services.aftercare.advances.rules import Advance, OutstandingAdvance
from services.aftercare.ledger.rules import FundYearKey
from shared.postgres import Store, as_row, load_queries

ANY_ADVANCE = dict.fromkeys(("advance_id", "case_id", "after", "limit"))
"""The parameters of the query, each of which may be left open."""


class AdvanceStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def add_advance(self, key: FundYearKey, advance: Advance) -> None:
        """The advance with its instalments."""
        self.execute("add_advance", key._asdict() | as_row(advance))
        days = [instalment.due_on for instalment in advance.instalments]
        amounts = [instalment.amount for instalment in advance.instalments]
        self.execute("add_instalments", {"advance_id": advance.advance_id, "days": days, "amounts": amounts})

    def advances(self, house: str, query: AdvancesQuery) -> list[OutstandingAdvance]:
        """A page, in the order of lending; one more than the page holds, if there is a next page."""
        return self._found(house, case_id=query.case_id, after=query.cursor, limit=query.limit + 1)

    def advance(self, house: str, advance_id: UUID) -> OutstandingAdvance | None:
        found = self._found(house, advance_id=advance_id)
        return found[0] if found else None

    def _found(self, house: str, **wanted: object) -> list[OutstandingAdvance]:
        return self.fetch_all("advances", ANY_ADVANCE | {"house": house} | wanted, _advance)


def _advance(*, days: list[date], amounts: list[Decimal], **columns: Any) -> OutstandingAdvance:
    instalments = (PlannedInstalment(due_on=on, amount=amount) for on, amount in zip(days, amounts, strict=True))
    return OutstandingAdvance(instalments=tuple(instalments), **columns)
