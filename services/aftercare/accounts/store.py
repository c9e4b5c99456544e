"""What was spent and lent in a year, as the ledger has it. Amounts are Decimal, in euros."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from services.aftercare.accounts.rules import Advances, Cost
from services.aftercare.house import CostKind, House
from services.aftercare.ledger.rules import FundYearKey
from shared.postgres import Store, load_queries


class AccountStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def costs(self, key: FundYearKey, house: House) -> list[Cost]:
        """What is on each account of spent money."""
        fund = house.funds.get(key.fund)
        return self.fetch_all("costs", key._asdict(), partial(_cost, fund.lines if fund else {}))

    def advances(self, key: FundYearKey) -> Advances:
        return self.fetch_one("advances", key._asdict(), Advances) or Advances()


def _cost(lines: Mapping[str, CostKind], *, line: str, cost: str | None, needs: list[str], **columns: Any) -> Cost:
    """lines: those of the profile, where a commitment of before does not tell what its line was for."""
    kind = CostKind(cost) if cost else lines.get(line, CostKind.TRAJECTORY)
    return Cost(line=line, kind=kind, needs=tuple(needs), **columns)
