"""The commitments of a year as a forecast needs them: for how long they run, and what was spent of them when."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from services.aftercare.ledger.rules import FundYearKey
from services.aftercare.scenarios.rules import RunningCommitment, Spending
from shared.postgres import Store, load_queries


class ScenarioStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def line_commitments(self, key: FundYearKey) -> list[tuple[str, RunningCommitment]]:
        """Each commitment with its line."""
        return self.fetch_all("line_commitments", key._asdict(), _line_commitment)


def _line_commitment(
    *, line: str, days: Iterable[date], amounts: Iterable[Decimal], **columns: Any
) -> tuple[str, RunningCommitment]:
    spendings = (Spending(on=on, amount=amount) for on, amount in zip(days, amounts, strict=True))
    return line, RunningCommitment(**columns, spendings=tuple(spendings))
