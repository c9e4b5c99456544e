"""Double entry: what is booked moves money from account to account, and no account can give what it has not.

The database keeps the same rules by itself (migrations/0004.funds.sql); here they have reasons that people understand.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from services.aftercare.domain.errors import (
    AlreadyCorrected,
    CoFinancingShort,
    CommitmentsOpen,
    InstalmentsDiffer,
    NotForCorrection,
    NothingForTheHouse,
    Overdrawn,
)
from services.aftercare.domain.funds import Allotment, Applicant, co_financing_of
from services.aftercare.domain.money import NOTHING


class FundYearOf(NamedTuple):
    """A year of one house's fund: what is booked there stays there."""

    house: str
    fund: str
    year: int


class AccountKind(StrEnum):
    """Where money is. It comes out of grants and contributions, which are never above zero; the others never below."""

    GRANT = "grant"
    CONTRIBUTION = "contribution"
    UNASSIGNED = "unassigned"
    AVAILABLE = "available"
    COMMITMENT = "commitment"
    SPENT = "spent"
    ADVANCE = "advance"


SOURCES = {AccountKind.GRANT, AccountKind.CONTRIBUTION}
HAS: Mapping[AccountKind, str] = {
    AccountKind.GRANT: "was allotted",
    AccountKind.CONTRIBUTION: "was brought in",
    AccountKind.UNASSIGNED: "is not assigned yet",
    AccountKind.AVAILABLE: "is available on the line",
    AccountKind.COMMITMENT: "is left of the commitment",
    AccountKind.SPENT: "was spent",
    AccountKind.ADVANCE: "is outstanding",
}
"""What an account has that can be given, as people say it."""


class Account(NamedTuple):
    """One account of a fund and year. municipality: of a source. line, about: as far as the kind has them."""

    kind: AccountKind
    line: str | None = None
    municipality: str | None = None
    about: UUID | None = None


Balances = Mapping[Account, Decimal]
"""In euros. An account that is not there is empty."""
UNASSIGNED = Account(AccountKind.UNASSIGNED)


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
    CORRECTION = "correction"


class Posting(NamedTuple):
    """An amount that comes onto an account, below zero when it leaves it."""

    account: Account
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """When, by whom and on which decision something is booked."""

    booked_on: date
    booked_by: str
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Postings that add up to nothing. about: the commitment or advance. corrects: the entry that it undoes."""

    entry_id: UUID
    kind: EntryKind
    booked: Booked
    postings: tuple[Posting, ...]
    about: UUID | None = None
    corrects: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """What was promised to a provider on a budget line. needs: the life domain of each need that it answers.

    municipality: None for the region as a whole. assignment_id: the trajectory or conversation, if it is for one.
    """

    commitment_id: UUID
    line: str
    provider: str
    municipality: str | None = None
    assignment_id: UUID | None = None
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    due_on: date
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """What somebody was lent, with the plan by which it is paid back."""

    advance_id: UUID
    line: str
    case_id: UUID
    municipality: str
    instalments: tuple[Instalment, ...]


def of_allotments(allotments: Iterable[Allotment]) -> tuple[Posting, ...]:
    """What the house applied for comes in; what a municipality asks for by itself does not."""
    ours = [each for each in allotments if each.applies is Applicant.HOUSE and each.amount]
    if not ours:
        raise NothingForTheHouse
    granted = (Posting(Account(AccountKind.GRANT, municipality=each.municipality), -each.amount) for each in ours)
    return (*granted, Posting(UNASSIGNED, sum((each.amount for each in ours), NOTHING)))


def of_budget(line: str, amount: Decimal) -> tuple[Posting, ...]:
    return _moved(amount, UNASSIGNED, Account(AccountKind.AVAILABLE, line=line))


def of_contribution(municipality: str, amount: Decimal) -> tuple[Posting, ...]:
    return _moved(amount, Account(AccountKind.CONTRIBUTION, municipality=municipality), UNASSIGNED)


def of_commitment(commitment: Commitment, amount: Decimal) -> tuple[Posting, ...]:
    return _moved(amount, Account(AccountKind.AVAILABLE, line=commitment.line), left_of(commitment))


def of_spending(commitment: Commitment, amount: Decimal) -> tuple[Posting, ...]:
    return _moved(amount, left_of(commitment), spent_on(commitment))


def of_release(commitment: Commitment, amount: Decimal) -> tuple[Posting, ...]:
    return _moved(amount, left_of(commitment), Account(AccountKind.AVAILABLE, line=commitment.line))


def of_advance(advance: Advance) -> tuple[Posting, ...]:
    amount = sum((each.amount for each in advance.instalments), NOTHING)
    return _moved(amount, Account(AccountKind.AVAILABLE, line=advance.line), outstanding_of(advance))


def of_repayment(advance: Advance, amount: Decimal) -> tuple[Posting, ...]:
    return _moved(amount, outstanding_of(advance), Account(AccountKind.AVAILABLE, line=advance.line))


def left_of(commitment: Commitment) -> Account:
    """The account that holds what is promised and not yet spent."""
    return Account(AccountKind.COMMITMENT, line=commitment.line, about=commitment.commitment_id)


def spent_on(commitment: Commitment) -> Account:
    return Account(AccountKind.SPENT, line=commitment.line, about=commitment.commitment_id)


def outstanding_of(advance: Advance) -> Account:
    return Account(AccountKind.ADVANCE, line=advance.line, about=advance.advance_id)


def correct(entry: Entry, entry_id: UUID, booked: Booked, *, is_corrected: bool) -> Entry:
    """The counter-entry. A correction is not corrected: what was right after all is booked anew."""
    if entry.kind is EntryKind.CORRECTION:
        raise NotForCorrection
    if is_corrected:
        raise AlreadyCorrected
    postings = tuple(posting._replace(amount=-posting.amount) for posting in entry.postings)
    return replace(
        entry,
        entry_id=entry_id,
        kind=EntryKind.CORRECTION,
        booked=booked,
        postings=postings,
        corrects=entry.entry_id,
    )


def book(entry: Entry, balances: Balances) -> dict[Account, Decimal]:
    """The balances afterwards. Raises Overdrawn when an account would give what it has not."""
    after = dict(balances)
    for account, amount in entry.postings:
        after[account] = after.get(account, NOTHING) + amount
    for account, _ in entry.postings:
        if (after[account] > 0) if account.kind in SOURCES else (after[account] < 0):
            raise Overdrawn(reason=f"is € {abs(after[account])} more than {HAS[account.kind]}")
    return after


def check_instalments(amount: Decimal, instalments: Sequence[Instalment]) -> None:
    """A plan pays back all of an advance, on one day after another."""
    days = [each.due_on for each in instalments]
    if sum((each.amount for each in instalments), NOTHING) != amount or days != sorted(set(days)):
        raise InstalmentsDiffer


def overdue(instalments: Sequence[Instalment], outstanding: Decimal, on: date) -> Decimal:
    """What should have been paid back before that day, and was not."""
    not_yet_due = sum((each.amount for each in instalments if each.due_on >= on), NOTHING)
    return max(outstanding - not_yet_due, NOTHING)


def co_financing_short(balances: Balances, percent: Decimal) -> Decimal:
    """What municipalities must still bring in if all that is committed is spent; nothing when it is enough."""
    spent = total(balances, AccountKind.SPENT) + total(balances, AccountKind.COMMITMENT)
    return max(co_financing_of(spent, percent) + total(balances, AccountKind.CONTRIBUTION), NOTHING)


def check_closing(balances: Balances, percent: Decimal) -> None:
    """A year is closed when nothing is promised any more and municipalities have brought in their part."""
    if still_committed := total(balances, AccountKind.COMMITMENT):
        raise CommitmentsOpen(reason=f"has € {still_committed} committed that is neither spent nor released")
    if short := co_financing_short(balances, percent):
        raise CoFinancingShort(reason=f"is € {short} short of co-financing")


def total(balances: Balances, kind: AccountKind, line: str | None = None) -> Decimal:
    """The sum of the accounts of a kind, of one line or of all."""
    chosen = (each for account, each in balances.items() if account.kind is kind and line in (None, account.line))
    return sum(chosen, NOTHING)


def _moved(amount: Decimal, out_of: Account, into: Account) -> tuple[Posting, ...]:
    return Posting(out_of, -amount), Posting(into, amount)
