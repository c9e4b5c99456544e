"""Withdrawals of referrals; why stands in a sealed text of the case."""

from datetime import date
from pathlib import Path
from uuid import UUID

from shared.postgres import Store, load_queries


class WithdrawalStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def add_withdrawal(self, house: str, referral_id: UUID, *, by: str, on: date, because_text: UUID | None) -> bool:
        """Whether the referral was not withdrawn before."""
        row = {"house": house, "referral_id": referral_id, "withdrawn_by": by, "withdrawn_on": on}
        return self.fetch_one("add_withdrawal", row | {"because_text": because_text}) is not None
