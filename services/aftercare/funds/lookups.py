"""The balances of a fund in a year."""

from services.aftercare.funds import rules
from services.aftercare.funds.messages import BudgetLineView, CoFinancingView, FundYearView
from services.aftercare.funds.store import FundStore
from services.aftercare.house import House
from services.aftercare.ledger.rules import AccountKind, FundYearKey, terms_of, total
from services.aftercare.ledger.store import LedgerStore
from shared.postgres import as_row
from shared.unit import Lookup


def fund_year(key: FundYearKey, lookup: Lookup[House]) -> FundYearView:
    """The year by its balances; a year in which nothing is booked is empty. Raises UnknownFund."""
    ledger = lookup.store(LedgerStore)
    balances, closing = ledger.balances(key), ledger.closing(key)
    terms = terms_of(key, lookup.profile(key.house), closing)
    co_financing = rules.co_financing(balances, terms.co_financing_percent)
    return FundYearView(
        fund=key.fund,
        year=key.year,
        closed_on=closing.closed_on if closing else None,
        granted=-total(balances, AccountKind.GRANT),
        unassigned=total(balances, AccountKind.UNASSIGNED),
        lines=tuple(
            BudgetLineView(**as_row(rules.budget_line(line, balances))) for line in rules.lines(terms, balances)
        ),
        co_financing=CoFinancingView(**as_row(co_financing)),
        allotments=tuple(lookup.store(FundStore).allotments(key)),
    )
