"""The account of a fund and year, of what is booked so far."""

from collections.abc import Iterator

from services.aftercare.accounts.messages import (
    AccountView,
    AdvancesOfYear,
    DomainSum,
    KindSum,
    LineSum,
    MunicipalAccountView,
    ProviderSum,
    SumView,
)
from services.aftercare.accounts.rules import Account, Dimension, Funding, MunicipalAccount, account_of
from services.aftercare.accounts.store import AccountStore
from services.aftercare.funds.store import FundStore
from services.aftercare.house import CostKind, House
from services.aftercare.ledger.rules import SOURCES, AccountKind, FundYearKey, LedgerAccount, terms_of
from services.aftercare.ledger.store import LedgerStore
from services.aftercare.money.rules import NOTHING
from shared.postgres import as_row
from shared.unit import Lookup


def account(key: FundYearKey, lookup: Lookup[House]) -> Account:
    """The account of the year, on the terms of its closing if it is closed. Raises UnknownFund."""
    house, store = lookup.profile(key.house), lookup.store(AccountStore)
    terms = terms_of(key, house, lookup.store(LedgerStore).closing(key))
    return account_of(
        key.fund,
        key.year,
        store.costs(key, house),
        _funding(key, lookup),
        store.advances(key),
        co_financing_percent=terms.co_financing_percent,
    )


def account_view(account: Account) -> AccountView:
    """The account as people get it over HTTP."""
    return AccountView(
        fund=account.fund,
        year=account.year,
        total=SumView(**as_row(account.total)),
        start_up=SumView(**as_row(account.start_up)),
        allotted=account.allotted,
        co_financing=account.co_financing,
        co_financing_needed=account.co_financing_needed,
        co_financing_shortfall=account.co_financing_shortfall,
        co_financing_surplus=account.co_financing_surplus,
        redistributable=account.redistributable,
        shortfall=account.shortfall,
        uncovered=account.uncovered,
        municipalities=tuple(_municipal_account(municipal) for municipal in account.municipalities),
        providers=tuple(_providers(account)),
        lines=tuple(_lines(account)),
        kinds=tuple(_kinds(account)),
        domains=tuple(_domains(account)),
        advances=AdvancesOfYear(**as_row(account.advances), outstanding=account.advances.outstanding),
    )


def _providers(account: Account) -> Iterator[ProviderSum]:
    for (provider,), part in account.sums(Dimension.PROVIDER).items():
        yield ProviderSum(**as_row(part), provider=provider)


def _lines(account: Account) -> Iterator[LineSum]:
    for (line,), part in account.sums(Dimension.LINE).items():
        yield LineSum(**as_row(part), line=str(line))


def _kinds(account: Account) -> Iterator[KindSum]:
    for (kind,), part in account.sums(Dimension.KIND).items():
        yield KindSum(**as_row(part), kind=CostKind(str(kind)))


def _domains(account: Account) -> Iterator[DomainSum]:
    for (kind, domain), part in account.sums_by_domain().items():
        yield DomainSum(**as_row(part), kind=CostKind(str(kind)), domain=domain)


def _municipal_account(municipal: MunicipalAccount) -> MunicipalAccountView:
    return MunicipalAccountView(
        municipality=municipal.municipality,
        outflow=municipal.funding.outflow,
        allotment=municipal.funding.allotment,
        contribution=municipal.funding.contribution,
        spent=municipal.spent,
        surplus=municipal.surplus,
        shortfall=municipal.shortfall,
        redistributable=municipal.redistributable,
        co_financing_needed=municipal.co_financing_needed,
        co_financing_shortfall=municipal.co_financing_shortfall,
    )


def _funding(key: FundYearKey, lookup: Lookup[House]) -> list[Funding]:
    """Each municipality's funding in the books; an allotment that it applied for by itself is not in them."""
    outflow = {allotment.municipality: allotment.outflow for allotment in lookup.store(FundStore).allotments(key)}
    balances = lookup.store(LedgerStore).balances(key)
    sources = {account: -amount for account, amount in balances.items() if account.kind in SOURCES}
    names = outflow.keys() | {account.municipality for account in sources}
    return [
        Funding(
            municipality=name,
            allotment=sources.get(LedgerAccount(AccountKind.GRANT, municipality=name), NOTHING),
            contribution=sources.get(LedgerAccount(AccountKind.CONTRIBUTION, municipality=name), NOTHING),
            outflow=outflow.get(name, 0),
        )
        for name in sorted(filter(None, names))
    ]
