"""Double entry: an entry moves money from account to account, and no account can give more than it has.

The database keeps the same rules by itself (migrations/0004.funds.sql); here they have reasons that people understand.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_UP, Decimal
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from services.aftercare.house import CostKind, Fund, FundYear, House
from services.aftercare.money.rules import CENT, NOTHING
from shared.rules import BrokenRule, UnknownObject


class UnknownFund(UnknownObject):
    field = "fund"
    reason = "is not a fund of this house with this year"


class UnknownLine(BrokenRule):
    field = "line"
    reason = "is not a budget line of this fund"


class UnknownEntry(UnknownObject):
    field = "entryId"
    reason = "is not an entry of this house"


class YearClosed(BrokenRule):
    field = "year"
    reason = "is closed"


class OutsideYear(BrokenRule):
    """The reason names the days between which the year takes the entry."""

    field = "bookedOn"


class CorrectedBeforeBooked(BrokenRule):
    """The reason names the day of the entry."""

    field = "bookedOn"


class Overdrawn(BrokenRule):
    """The reason says by how much, and which account."""

    field = "amount"


class AlreadyCorrected(BrokenRule):
    field = "entryId"
    reason = "is corrected already"


class RevisedSince(BrokenRule):
    field = "entryId"
    reason = "is an allotment that was revised since: correct the revision first"


class NotForCorrection(BrokenRule):
    field = "entryId"
    reason = "is a correction or was carried over: book anew what was right after all"


class FundYearKey(NamedTuple):
    """Which year of which fund of a house: an entry in one year moves no money of another."""

    house: str
    fund: str
    year: int


class AccountKind(StrEnum):
    """Where money is. It comes out of the SOURCES, which are never above zero; the others are never below zero.

    CARRIED_IN, CARRIED_OVER: an advance that the year took over from the year before, or left to the next.
    """

    GRANT = "grant"
    CONTRIBUTION = "contribution"
    UNASSIGNED = "unassigned"
    AVAILABLE = "available"
    COMMITMENT = "commitment"
    SPENT = "spent"
    ADVANCE = "advance"
    CARRIED_IN = "carried_in"
    CARRIED_OVER = "carried_over"


SOURCES = frozenset({AccountKind.GRANT, AccountKind.CONTRIBUTION, AccountKind.CARRIED_IN})
HOLDINGS: Mapping[AccountKind, str] = {
    AccountKind.GRANT: "was allotted",
    AccountKind.CONTRIBUTION: "was brought in",
    AccountKind.UNASSIGNED: "is not assigned yet",
    AccountKind.AVAILABLE: "is available on the line",
    AccountKind.COMMITMENT: "is left of the commitment",
    AccountKind.SPENT: "was spent",
    AccountKind.ADVANCE: "is outstanding",
    AccountKind.CARRIED_IN: "was carried in",
    AccountKind.CARRIED_OVER: "was carried over",
}
"""How people name the money that is on an account of a kind."""


class LedgerAccount(NamedTuple):
    """One account of a fund and year. `kind`: where money is. `about` is the commitment or advance.

    `municipality` is there for a grant or a contribution, `line` for what is on a budget line.
    """

    kind: AccountKind
    line: str | None = None
    municipality: str | None = None
    about: UUID | None = None


Balances = Mapping[LedgerAccount, Decimal]
"""In euros. An account that is not there is empty."""
UNASSIGNED = LedgerAccount(AccountKind.UNASSIGNED)


class EntryKind(StrEnum):
    """What happened."""

    ALLOTMENT = "allotment"
    BUDGET = "budget"
    CONTRIBUTION = "contribution"
    COMMITMENT = "commitment"
    SPENDING = "spending"
    RELEASE = "release"
    ADVANCE = "advance"
    REPAYMENT = "repayment"
    WRITE_OFF = "write_off"
    CARRY_OVER = "carry_over"
    CORRECTION = "correction"


USES = frozenset({EntryKind.COMMITMENT, EntryKind.SPENDING, EntryKind.ADVANCE})
"""The kinds of entries that use a year's money, so that they belong in the year or its accrual window."""
LASTING = frozenset({EntryKind.CORRECTION, EntryKind.CARRY_OVER})
"""The kinds of entries that are not corrected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """An amount that comes onto an account; below zero when it leaves the account."""

    account: LedgerAccount
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """When, by whom and on which decision something is booked. because: why, where something is undone or given up."""

    booked_on: date
    booked_by: str
    decision: str
    because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Postings that add up to nothing. about: the commitment or advance. corrects: the entry that it undoes."""

    entry_id: UUID
    kind: EntryKind
    booking: Booking
    postings: tuple[Posting, ...]
    about: UUID | None = None
    corrects: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenYear:
    """A year of a fund that takes entries, with the money that is on its accounts. conditions: of the fund's year."""

    key: FundYearKey
    house: House
    fund: Fund
    balances: Balances

    @property
    def conditions(self) -> FundYear:
        return self.fund.years[self.key.year]

    def cost_of(self, line: str) -> CostKind:
        """What the budget line is for. Raises UnknownLine."""
        if line not in self.fund.lines:
            raise UnknownLine(known=self.fund.lines)
        return self.fund.lines[line]

    def check_day(self, kind: EntryKind, on: date, field: str | None = None) -> None:
        """Raises OutsideYear unless the year takes an entry of this kind on the day. field: of the input, to blame."""
        first, last = self.conditions.first_day, self.conditions.last_day
        if on < first and kind is not EntryKind.CARRY_OVER:
            raise OutsideYear(field, f"is before {first}, the first day of the year in which it is booked")
        if kind in USES and on > last:
            raise OutsideYear(field, f"is after {last}, the last day on which money of {self.key.year} is used")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What counts for the account of a year: the co-financing, in percent of the spending, and the budget lines."""

    co_financing_percent: Decimal
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """The closing of a year. terms: None for a year that was closed before its terms were kept."""

    closed_on: date
    terms: Terms | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineStanding:
    """The money on the accounts of one kind of a budget line. is_closed: whether its year takes no entry any more."""

    fund: str
    year: int
    line: str
    kind: AccountKind
    is_closed: bool
    amount: Decimal


def fund_with_year(key: FundYearKey, house: House, field: str | None = None) -> Fund:
    """The fund, with the conditions of the year. field: of the input, to blame. Raises UnknownFund."""
    fund = house.funds.get(key.fund)
    if fund is None or key.year not in fund.years:
        raise UnknownFund(field)
    return fund


def terms_of(key: FundYearKey, house: House, closing: Closing | None) -> Terms:
    """The terms at the closing of the year; of an open year, those of the profile. Raises UnknownFund."""
    if closing and closing.terms:
        return closing.terms
    fund = fund_with_year(key, house)
    return Terms(co_financing_percent=fund.years[key.year].co_financing_percent, lines=tuple(fund.lines))


def move(amount: Decimal, out_of: LedgerAccount, into: LedgerAccount) -> tuple[Posting, ...]:
    """The postings that move an amount from one account to another."""
    return Posting(account=out_of, amount=-amount), Posting(account=into, amount=amount)


def available_on(line: str) -> LedgerAccount:
    """The account that holds what is assigned to a budget line and neither promised, spent nor lent."""
    return LedgerAccount(AccountKind.AVAILABLE, line=line)


def correct(entry: Entry, entry_id: UUID, booking: Booking, *, is_corrected: bool) -> Entry:
    """The counter-entry. A correction is not corrected: the right amounts are booked anew."""
    if entry.kind in LASTING:
        raise NotForCorrection
    if is_corrected:
        raise AlreadyCorrected
    if booking.booked_on < entry.booking.booked_on:
        raise CorrectedBeforeBooked(reason=f"is before {entry.booking.booked_on}, the day of the entry")
    return replace(
        entry,
        entry_id=entry_id,
        kind=EntryKind.CORRECTION,
        booking=booking,
        postings=tuple(replace(posting, amount=-posting.amount) for posting in entry.postings),
        corrects=entry.entry_id,
    )


def balances_after(entry: Entry, balances: Balances) -> Balances:
    """The balances with the entry. Raises Overdrawn when an account would give more than it has."""
    after = dict(balances)
    for posting in entry.postings:
        after[posting.account] = after.get(posting.account, NOTHING) + posting.amount
    for account in (posting.account for posting in entry.postings):
        if (after[account] > 0) if account.kind in SOURCES else (after[account] < 0):
            raise Overdrawn(reason=f"is € {abs(after[account])} more than {HOLDINGS[account.kind]}")
    return after


def total(balances: Balances, kind: AccountKind, line: str | None = None) -> Decimal:
    """The sum of the accounts of a kind, of one line or of all."""
    chosen: Iterable[Decimal] = (
        amount for account, amount in balances.items() if account.kind is kind and line in (None, account.line)
    )
    return sum(chosen, NOTHING)


def expected_spending(balances: Balances) -> Decimal:
    """The spending of the year if all that is committed is spent."""
    return total(balances, AccountKind.SPENT) + total(balances, AccountKind.COMMITMENT)


def co_financing_of(spending: Decimal, percent: Decimal) -> Decimal:
    """The co-financing that a spending asks of municipalities, rounded up: a part of a cent less is not enough."""
    return (spending * percent / 100).quantize(CENT, ROUND_UP)


def co_financing_short(balances: Balances, percent: Decimal) -> Decimal:
    """The co-financing still to be brought in if all that is committed is spent; nothing when there is enough."""
    needed = co_financing_of(expected_spending(balances), percent)
    return max(needed + total(balances, AccountKind.CONTRIBUTION), NOTHING)
