"""The account of a fund and year, of what is booked so far."""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from services.aftercare.accounts.messages import (
    AccountView,
    DomainSum,
    KindSum,
    MunicipalAccountView,
    ProviderSum,
    SumView,
)
from services.aftercare.accounts.rules import Account, Cost, Dimension, Funding, MunicipalAccount, account_of
from services.aftercare.commitments.rules import StandingCommitment
from services.aftercare.commitments.store import CommitmentStore
from services.aftercare.funds.store import FundStore
from services.aftercare.house import CostKind, Fund, House
from services.aftercare.ledger.rules import SOURCES, AccountKind, FundYearKey, LedgerAccount, fund_with_year
from services.aftercare.ledger.store import LedgerStore
from services.aftercare.money.rules import NOTHING
from shared.postgres import as_row
from shared.unit import Lookup


def account(key: FundYearKey, lookup: Lookup[House]) -> Account:
    """The account of the year. Raises UnknownFund."""
    fund = fund_with_year(key, lookup.profile(key.house))
    spent = _spent(lookup.store(CommitmentStore).commitments_of_year(key))
    return account_of(
        key.fund,
        key.year,
        [_cost(commitments, fund) for commitments in spent],
        _funding(key, lookup),
        co_financing_percent=fund.years[key.year].co_financing_percent,
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
        redistributable=account.redistributable,
        shortfall=account.shortfall,
        uncovered=account.uncovered,
        municipalities=tuple(_municipal_account(municipal) for municipal in account.municipalities),
        providers=tuple(_providers(account)),
        kinds=tuple(_kinds(account)),
        domains=tuple(_domains(account)),
    )


def _providers(account: Account) -> Iterator[ProviderSum]:
    for (provider,), part in account.sums(Dimension.PROVIDER).items():
        yield ProviderSum(**as_row(part), provider=provider)


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


def _spent(commitments: Iterable[StandingCommitment]) -> Iterable[list[StandingCommitment]]:
    """The commitments that were spent on. Commitments to one assignment together: its needs are counted once."""
    spent: dict[UUID, list[StandingCommitment]] = {}
    for commitment in commitments:
        if commitment.spent:
            spent.setdefault(commitment.assignment_id or commitment.commitment_id, []).append(commitment)
    return spent.values()


def _cost(commitments: Sequence[StandingCommitment], fund: Fund) -> Cost:
    first = commitments[0]
    return Cost(
        amount=sum((commitment.spent for commitment in commitments), NOTHING),
        kind=fund.lines[first.line],
        provider=first.provider,
        municipality=first.municipality,
        needs=first.needs,
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
