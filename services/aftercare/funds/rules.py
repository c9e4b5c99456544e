"""What each municipality is allotted of a fund, and when a year of it can be closed."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from services.aftercare.house import FundYear
from services.aftercare.ledger.rules import (
    UNASSIGNED,
    AccountKind,
    Balances,
    LedgerAccount,
    Posting,
    available_on,
    co_financing_of,
    co_financing_short,
    expected_spending,
    move,
    total,
)
from services.aftercare.money.rules import CENT, NOTHING
from services.aftercare.trajectories.rules import UnknownMunicipality
from shared.rules import BrokenRule


class BelowThreshold(BrokenRule):
    """The reason says how much a municipality must be allotted, and which are allotted less."""

    field = "single"


class AlreadyAllotted(BrokenRule):
    field = "year"
    reason = "is allotted already: correct that entry first"


class NothingForTheHouse(BrokenRule):
    field = "outflow"
    reason = "leaves nothing that the house applies for"


class CommitmentsOpen(BrokenRule):
    """The reason says how much is still committed."""

    field = "year"


class CoFinancingShort(BrokenRule):
    """The reason says how much is still to be brought in."""

    field = "year"


class Applicant(StrEnum):
    """Who asks the fund for a municipality's allotment: the house for all together, or the municipality by itself."""

    HOUSE = "house"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allotment:
    """A municipality's part, by its outflow in the reference year."""

    municipality: str
    outflow: int
    amount: Decimal
    applies: Applicant


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """How a budget line stands. `budget` is all that is for the line: what is available, committed, spent and lent."""

    line: str
    budget: Decimal
    available: Decimal
    committed: Decimal
    spent: Decimal
    advances: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class CoFinancing:
    """`needed` if all that is committed is spent; `short` is what municipalities must still bring in for it."""

    percent: Decimal
    needed: Decimal
    brought_in: Decimal
    short: Decimal


def allot(
    outflow: Mapping[str, int], single: Set[str], year: FundYear, municipalities: Set[str]
) -> tuple[Allotment, ...]:
    """The allotment of each municipality. single: the municipalities that apply by themselves."""
    if not outflow.keys() | single <= municipalities:
        raise UnknownMunicipality("outflow" if not outflow.keys() <= municipalities else "single")
    allotments = tuple(_allotment(name, count, single, year) for name, count in sorted(outflow.items()))
    alone = (allotment for allotment in allotments if allotment.applies is Applicant.MUNICIPALITY)
    if small := [allotment.municipality for allotment in alone if allotment.amount < year.single_from]:
        raise BelowThreshold(reason=f"is not for those allotted less than € {year.single_from}: {', '.join(small)}")
    return allotments


def _allotment(municipality: str, outflow: int, single: Set[str], year: FundYear) -> Allotment:
    amount = (outflow * year.amount_per_outflow).quantize(CENT, ROUND_HALF_UP)
    applies = Applicant.MUNICIPALITY if municipality in single else Applicant.HOUSE
    return Allotment(municipality=municipality, outflow=outflow, amount=amount, applies=applies)


def allotment_postings(allotments: Iterable[Allotment]) -> tuple[Posting, ...]:
    """What the house applied for comes in; what a municipality applies for by itself does not."""
    ours = [allotment for allotment in allotments if allotment.applies is Applicant.HOUSE and allotment.amount]
    if not ours:
        raise NothingForTheHouse
    granted = (
        Posting(account=LedgerAccount(AccountKind.GRANT, municipality=allotment.municipality), amount=-allotment.amount)
        for allotment in ours
    )
    return (*granted, Posting(account=UNASSIGNED, amount=sum((allotment.amount for allotment in ours), NOTHING)))


def budget_postings(line: str, amount: Decimal) -> tuple[Posting, ...]:
    """So much of the unassigned money is for this line."""
    return move(amount, UNASSIGNED, available_on(line))


def contribution_postings(municipality: str, amount: Decimal) -> tuple[Posting, ...]:
    """So much comes in from a municipality, and is not assigned yet."""
    return move(amount, LedgerAccount(AccountKind.CONTRIBUTION, municipality=municipality), UNASSIGNED)


def check_closing(balances: Balances, percent: Decimal) -> None:
    """Raises unless no commitment is open and municipalities have brought in their part. percent: of the spending."""
    if still_committed := total(balances, AccountKind.COMMITMENT):
        raise CommitmentsOpen(reason=f"has € {still_committed} committed that is neither spent nor released")
    if short := co_financing_short(balances, percent):
        raise CoFinancingShort(reason=f"is € {short} short of co-financing")


def budget_line(line: str, balances: Balances) -> BudgetLine:
    """How the line stands by these balances."""
    available = total(balances, AccountKind.AVAILABLE, line)
    committed = total(balances, AccountKind.COMMITMENT, line)
    spent = total(balances, AccountKind.SPENT, line)
    advances = total(balances, AccountKind.ADVANCE, line)
    return BudgetLine(
        line=line,
        budget=available + committed + spent + advances,
        available=available,
        committed=committed,
        spent=spent,
        advances=advances,
    )


def co_financing(balances: Balances, percent: Decimal) -> CoFinancing:
    """How the co-financing stands by these balances. percent: of the spending."""
    return CoFinancing(
        percent=percent,
        needed=co_financing_of(expected_spending(balances), percent),
        brought_in=-total(balances, AccountKind.CONTRIBUTION),
        short=co_financing_short(balances, percent),
    )
