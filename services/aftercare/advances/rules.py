"""An advance: an amount of a budget line, lent to somebody, with the plan by which it is paid back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

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


class InstalmentsDiffer(BrokenRule):
    field = "instalments"
    reason = "must add up to the advance, on one day after another"


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
    """An advance in its year. outstanding: lent and not yet paid back."""

    fund: str
    year: int
    outstanding: Decimal

    def key(self, house: str) -> FundYearKey:
        """The year in which the advance is booked."""
        return FundYearKey(house, self.fund, self.year)


def check(advance: Advance, amount: Decimal, year: OpenYear) -> None:
    """Raises unless the advance of this amount keeps the rules of house and fund."""
    year.check_line(advance.line)
    check_municipality(advance.municipality, year.house)
    check_instalments(amount, advance.instalments)


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


def outstanding_of(advance: Advance) -> LedgerAccount:
    """The account that holds what is lent and not yet paid back."""
    return LedgerAccount(AccountKind.ADVANCE, line=advance.line, about=advance.advance_id)


def _sum(instalments: Sequence[Instalment]) -> Decimal:
    return sum((instalment.amount for instalment in instalments), NOTHING)
