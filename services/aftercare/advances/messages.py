"""What people lend, and how advances stand."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from services.aftercare.advances.rules import Instalment, OutstandingAdvance
from services.aftercare.house import Code
from services.aftercare.ledger.messages import BookAmount
from services.aftercare.money.messages import Euros
from shared.bounds import Length, Line, Text
from shared.days import PlannedDay
from shared.web import PageQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedInstalment(Instalment):
    """A part of an advance, and the day by which it is paid back."""

    due_on: PlannedDay
    amount: Euros


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOff(BookAmount):
    """The part of an advance that will not come back, and why; no names of persons in it."""

    because: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class LendAdvance(BookAmount):
    """`instalments` add up to the amount, on one day after another."""

    line: Code
    case_id: UUID
    municipality: Line
    instalments: Annotated[tuple[PlannedInstalment, ...], Length(1, 120)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvancesQuery(PageQuery):
    """`on`: the day by which an instalment that is not paid is overdue."""

    on: date
    case_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceView(OutstandingAdvance):
    """`year`: the year of the fund that holds the advance now. `outstanding`: neither paid back nor written off.

    `overdue`: what should have been paid back by the day that was asked for, and was not.
    """

    instalments: tuple[PlannedInstalment, ...]
    outstanding: Euros
    overdue: Euros
