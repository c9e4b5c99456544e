"""How the lines of a fund will stand, as they are or with what is proposed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from services.aftercare.domain.errors import EndsBeforeStart, UnknownLine, YearClosed
from services.aftercare.domain.funds import Fund
from services.aftercare.domain.ledger import AccountKind, FundYearOf, total
from services.aftercare.domain.scenarios import Line, Proposed, scenario
from services.aftercare.storage import AftercareStore
from services.aftercare.views.funds import fund_of


def scenarios(
    of: FundYearOf, on: date, proposed: Sequence[Proposed], funds: Mapping[str, Fund], store: AftercareStore
) -> list[dict[str, Any]]:
    """Each line as of a day, when the proposed is committed too. Raises NotFound, BrokenRule."""
    fund = fund_of(of, funds)
    _check(of, proposed, fund, store)
    balances, committed = store.balances(of), store.line_commitments(of)
    percent = fund.years[of.year].co_financing_percent
    told = []
    for code in fund.lines:
        running = tuple(each for line, each in committed if line == code)
        line = Line(year=of.year, available=total(balances, AccountKind.AVAILABLE, code), running=running)
        new = [each.commitment for each in proposed if each.line == code]
        told.append({"line": code} | asdict(scenario(line, new, on, co_financing_percent=percent)))
    return told


def _check(of: FundYearOf, proposed: Sequence[Proposed], fund: Fund, store: AftercareStore) -> None:
    for position, each in enumerate(proposed):
        if each.line not in fund.lines:
            raise UnknownLine(f"proposed[{position}].line")
        if each.commitment.ends_on and each.commitment.ends_on < each.commitment.starts_on:
            raise EndsBeforeStart(f"proposed[{position}].endsOn")
    closing = store.closing(of)
    if proposed and closing and closing["closed_on"]:
        raise YearClosed
