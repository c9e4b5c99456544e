"""How the lines of a fund will stand, as they are or with new commitments. Nothing is booked."""

from services.aftercare.house import Fund, House
from services.aftercare.ledger.rules import AccountKind, FundYearKey, YearClosed, fund_with_year, terms_of, total
from services.aftercare.ledger.store import LedgerStore
from services.aftercare.scenarios import rules
from services.aftercare.scenarios.messages import ScenarioQuery, ScenarioView
from services.aftercare.scenarios.rules import LineOfYear
from services.aftercare.scenarios.store import ScenarioStore
from shared.postgres import as_row
from shared.unit import Lookup


def scenarios(key: FundYearKey, query: ScenarioQuery, lookup: Lookup[House]) -> list[ScenarioView]:
    """Each line of the fund, with the proposed commitments.

    Raises UnknownFund, UnknownLine, EndsBeforeStart, and YearClosed where something is proposed.
    """
    house, closing = lookup.profile(key.house), lookup.store(LedgerStore).closing(key)
    fund = fund_with_year(key, house)
    rules.check(query.proposed, fund)
    if query.proposed and closing:
        raise YearClosed
    percent = terms_of(key, house, closing).co_financing_percent
    views = []
    for code, line in _lines(key, fund, lookup).items():
        new = [proposal.commitment for proposal in query.proposed if proposal.line == code]
        outcome = rules.scenario(line, new, query.on, co_financing_percent=percent)
        views.append(ScenarioView(line=code, **as_row(outcome)))
    return views


def _lines(key: FundYearKey, fund: Fund, lookup: Lookup[House]) -> dict[str, LineOfYear]:
    """The fund's lines by code, each with the commitments that run on it."""
    balances = lookup.store(LedgerStore).balances(key)
    running = lookup.store(ScenarioStore).line_commitments(key)
    return {
        code: LineOfYear(
            year=key.year,
            available=total(balances, AccountKind.AVAILABLE, code),
            running=tuple(commitment for line, commitment in running if line == code),
        )
        for code in fund.lines
    }
