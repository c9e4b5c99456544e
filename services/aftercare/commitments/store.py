"""Commitments, with the balances of their accounts. Amounts are Decimal, in euros."""

from pathlib import Path
from typing import Any
from uuid import UUID

from services.aftercare.commitments.messages import CommitmentsQuery, CommitmentView
from services.aftercare.commitments.rules import Commitment, PaidAssignment
from services.aftercare.house import CostKind
from services.aftercare.ledger.rules import FundYearKey
from shared.postgres import Store, as_row, load_queries

ANY_COMMITMENT = dict.fromkeys(("commitment_id", "assignment_id", "fund", "year", "line", "after", "limit"))
"""The parameters of the query, each of which may be left open."""


class CommitmentStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def add_commitment(self, key: FundYearKey, commitment: Commitment) -> None:
        self.execute("add_commitment", key._asdict() | as_row(commitment) | {"needs": list(commitment.needs)})

    def commitments(self, house: str, query: CommitmentsQuery) -> list[CommitmentView]:
        """A page, in the order in which they were made; one more than the page holds, if there is a next page."""
        return self._found(house, **as_row(query) | {"after": query.cursor, "limit": query.limit + 1})

    def commitments_for(self, house: str, assignment_id: UUID) -> list[CommitmentView]:
        """The commitments that pay an assignment, in the order in which they were made."""
        return self._found(house, assignment_id=assignment_id)

    def assignment(self, house: str, assignment_id: UUID) -> PaidAssignment | None:
        """The trajectory or conversation with this id."""
        return self.fetch_one("assignment", {"house": house, "assignment_id": assignment_id}, PaidAssignment)

    def commitment(self, house: str, commitment_id: UUID) -> CommitmentView | None:
        found = self._found(house, commitment_id=commitment_id)
        return found[0] if found else None

    def _found(self, house: str, **wanted: object) -> list[CommitmentView]:
        return self.fetch_all("commitments", ANY_COMMITMENT | {"house": house} | wanted, _commitment)


def _commitment(*, needs: list[str], cost: str | None, **columns: Any) -> CommitmentView:
    return CommitmentView(needs=tuple(needs), cost=CostKind(cost) if cost else None, **columns)
