"""What each municipality is allotted of a fund, and when a year of it can be closed."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from services.aftercare.house import FundYear
from services.aftercare.ledger.rules import (
    UNASSIGNED,
    AccountKind,
    Balances,
    LedgerAccount,
    Posting,
    Terms,
    available_on,
    co_financing_of,
    co_financing_short,
    expected_spending,
    move,
    total,
)
from services.aftercare.money.rules import CENT, NOTHING, shares
from services.aftercare.trajectories.rules import UnknownMunicipality
from shared.rules import BrokenRule


class BelowThreshold(BrokenRule):
    """The reason says how much a municipality must be allotted, and which are allotted less."""

    field = "single"


class AlreadyAllotted(BrokenRule):
    field = "year"
    reason = "is allotted already: revise the allotment"


class NotAllotted(BrokenRule):
    field = "year"
    reason = "is not allotted yet, so that there is nothing to revise"


class AllotmentUnchanged(BrokenRule):
    field = "outflow"
    reason = "gives the allotment that stands"


class AllotmentUsed(BrokenRule):
    """The reason says how much of the money that would be taken back is committed, spent or lent."""

    field = "outflow"


class NothingForTheHouse(BrokenRule):
    field = "outflow"
    reason = "leaves nothing that the house applies for"


class CommitmentsOpen(BrokenRule):
    """The reason says how much is still committed."""

    field = "year"


class CoFinancingShort(BrokenRule):
    """The reason says how much is still to be brought in."""

    field = "year"


class ClosedBeforeBooked(BrokenRule):
    """The reason names the day of the last entry."""

    field = "bookedOn"


class NoNextYear(BrokenRule):
    """The reason says how much is lent, and which year the fund lacks."""

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
    """How a budget line stands. `budget` is all that is for the line, the sum of the other amounts.

    `advances`: lent and outstanding. `carried_over`: outstanding advances that the closed year left to the next.
    """

    line: str
    budget: Decimal
    available: Decimal
    committed: Decimal
    spent: Decimal
    advances: Decimal
    carried_over: Decimal


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
    granted = _granted(allotments)
    if not any(granted.values()):
        raise NothingForTheHouse
    return (*_grants(granted), Posting(account=UNASSIGNED, amount=sum(granted.values(), NOTHING)))


def revision_postings(
    allotments: Iterable[Allotment], standing: Sequence[Allotment], balances: Balances
) -> tuple[Posting, ...]:
    """The difference between the right allotment and the standing one.

    A lower allotment takes money back from what is not assigned yet, then from what is available on the lines.
    Raises NotAllotted, AllotmentUnchanged, AllotmentUsed.
    """
    if not standing:
        raise NotAllotted
    right, before = _granted(allotments), _granted(standing)
    more = {name: right.get(name, NOTHING) - before.get(name, NOTHING) for name in sorted(right.keys() | before.keys())}
    if not any(more.values()):
        raise AllotmentUnchanged
    change = sum(more.values(), NOTHING)
    changed = _taken_back(-change, balances) if change < 0 else {UNASSIGNED: change}
    return (*_grants(more), *_posted(changed))


def _granted(allotments: Iterable[Allotment]) -> dict[str, Decimal]:
    """What the house applied for, by municipality."""
    return {each.municipality: each.amount for each in allotments if each.applies is Applicant.HOUSE}


def _grants(amounts: Mapping[str, Decimal]) -> tuple[Posting, ...]:
    return _posted({LedgerAccount(AccountKind.GRANT, municipality=name): -amount for name, amount in amounts.items()})


def _posted(amounts: Mapping[LedgerAccount, Decimal]) -> tuple[Posting, ...]:
    return tuple(Posting(account=account, amount=amount) for account, amount in amounts.items() if amount)


def _taken_back(amount: Decimal, balances: Balances) -> dict[LedgerAccount, Decimal]:
    """From which accounts an amount is taken back; from the lines in proportion to what is available on them."""
    unassigned = min(amount, total(balances, AccountKind.UNASSIGNED))
    lines = [account for account, has in balances.items() if account.kind is AccountKind.AVAILABLE and has]
    available, rest = total(balances, AccountKind.AVAILABLE), amount - unassigned
    if rest > available:
        raise AllotmentUsed(reason=f"takes back € {rest - available} that is committed, spent or lent")
    parts = shares(rest, [balances[account] for account in lines]) if rest else []
    return {UNASSIGNED: -unassigned} | {line: -part for line, part in zip(lines, parts, strict=bool(rest))}


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


def check_closing_day(closed_on: date, last_booked_on: date | None) -> None:
    """Raises ClosedBeforeBooked if something was booked after the day of the closing."""
    if last_booked_on and closed_on < last_booked_on:
        raise ClosedBeforeBooked(reason=f"is before {last_booked_on}, the day of the last entry")


def outstanding_advances(balances: Balances) -> dict[LedgerAccount, Decimal]:
    """What is still lent, by the account of each advance."""
    return {account: amount for account, amount in balances.items() if account.kind is AccountKind.ADVANCE and amount}


def carry_over_postings(advance: LedgerAccount, amount: Decimal) -> tuple[tuple[Posting, ...], tuple[Posting, ...]]:
    """The postings in the year that leaves an advance, and those in the next year. advance: the account of it."""
    left = move(amount, advance, advance._replace(kind=AccountKind.CARRIED_OVER))
    return left, move(amount, advance._replace(kind=AccountKind.CARRIED_IN), advance)


def lines(terms: Terms, balances: Balances) -> tuple[str, ...]:
    """The budget lines of a year, with those on which money was booked before the profile dropped them."""
    return tuple(dict.fromkeys((*terms.lines, *sorted({account.line for account in balances if account.line}))))


def budget_line(line: str, balances: Balances) -> BudgetLine:
    """How the line stands by these balances."""
    available = total(balances, AccountKind.AVAILABLE, line)
    committed = total(balances, AccountKind.COMMITMENT, line)
    spent = total(balances, AccountKind.SPENT, line)
    advances = total(balances, AccountKind.ADVANCE, line)
    carried_over = total(balances, AccountKind.CARRIED_OVER, line)
    return BudgetLine(
        line=line,
        budget=available + committed + spent + advances + carried_over,
        available=available,
        committed=committed,
        spent=spent,
        advances=advances,
        carried_over=carried_over,
    )


def co_financing(balances: Balances, percent: Decimal) -> CoFinancing:
    """How the co-financing stands by these balances. percent: of the spending."""
    return CoFinancing(
        percent=percent,
        needed=co_financing_of(expected_spending(balances), percent),
        brought_in=-total(balances, AccountKind.CONTRIBUTION),
        short=co_financing_short(balances, percent),
    )
