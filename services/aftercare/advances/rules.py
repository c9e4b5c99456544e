"""An advance: an amount of a budget line, lent to somebody, with the plan by which it is paid back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from services.aftercare.house import CostKind
from services.aftercare.ledger.rules import (
    AccountKind,
    FundYearKey,
    LedgerAccount,
    OpenYear,
    Posting,
    available_on,
    move,
)
from services.aftercare.money.rules import NOTHING
from services.aftercare.trajectories.rules import check_municipality
from shared.rules import BrokenRule, UnknownObject


class UnknownAdvance(UnknownObject):
    field = "advanceId"
    reason = "is not an advance of this house"


class NotForAdvances(BrokenRule):
    field = "line"
    reason = "is not for advances: lend money of a line that is"


class InstalmentsDiffer(BrokenRule):
    field = "instalments"
    reason = "must add up to the advance, on one day after another"


class DueBeforeLent(BrokenRule):
    field = "instalments[0].dueOn"
    reason = "is before the advance is lent"


class RepaidBeforeLent(BrokenRule):
    """The reason names the day on which the advance was lent."""

    field = "bookedOn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """A part of an advance, and the day by which it is paid back."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class OutstandingAdvance(Advance):
    """An advance in the year that holds it now: at the closing of a year, its advances are carried over to the next.

    outstanding: lent, and neither paid back nor written off.
    """

    fund: str
    year: int
    lent_on: date
    outstanding: Decimal

    def key(self, house: str) -> FundYearKey:
        """The year that holds the advance now."""
        return FundYearKey(house, self.fund, self.year)


def check(advance: Advance, amount: Decimal, lent_on: date, year: OpenYear) -> None:
    """Raises unless the advance of this amount keeps the rules of house and fund."""
    if year.cost_of(advance.line) is not CostKind.ADVANCE:
        raise NotForAdvances
    check_municipality(advance.municipality, year.house)
    check_instalments(amount, advance.instalments)
    if advance.instalments[0].due_on < lent_on:
        raise DueBeforeLent


def check_day(advance: OutstandingAdvance, on: date) -> None:
    """Raises RepaidBeforeLent if the day is before the advance was lent."""
    if on < advance.lent_on:
        raise RepaidBeforeLent(reason=f"is before {advance.lent_on}, the day on which the advance was lent")


def check_instalments(amount: Decimal, instalments: Sequence[Instalment]) -> None:
    """Raises InstalmentsDiffer unless the plan pays back all of the advance, on one day after another."""
    days = [instalment.due_on for instalment in instalments]
    if _sum(instalments) != amount or days != sorted(set(days)):
        raise InstalmentsDiffer


def overdue(instalments: Sequence[Instalment], outstanding: Decimal, on: date) -> Decimal:
    """The amount that should have been paid back before that day, and was not."""
    not_yet_due = _sum([instalment for instalment in instalments if instalment.due_on >= on])
    return max(outstanding - not_yet_due, NOTHING)


def advance_postings(advance: Advance) -> tuple[Posting, ...]:
    """The sum of the instalments is lent out of the line."""
    return move(_sum(advance.instalments), available_on(advance.line), outstanding_of(advance))


def repayment_postings(advance: Advance, amount: Decimal) -> tuple[Posting, ...]:
    """So much of the advance comes back to the line."""
    return move(amount, outstanding_of(advance), available_on(advance.line))


def write_off_postings(advance: Advance, amount: Decimal) -> tuple[Posting, ...]:
    """So much of the advance will not come back: it is spent."""
    spent = LedgerAccount(AccountKind.SPENT, line=advance.line, about=advance.advance_id)
    return move(amount, outstanding_of(advance), spent)


def outstanding_of(advance: Advance) -> LedgerAccount:
    """The account that holds what is lent, and neither paid back nor written off."""
    return LedgerAccount(AccountKind.ADVANCE, line=advance.line, about=advance.advance_id)


def _sum(instalments: Sequence[Instalment]) -> Decimal:
    return sum((instalment.amount for instalment in instalments), NOTHING)
