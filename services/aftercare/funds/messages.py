"""What people book of a year of a fund, and how the year stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Annotated

from marshmallow import fields

from services.aftercare.funds.rules import Allotment, BudgetLine, CoFinancing
from services.aftercare.house import Code
from services.aftercare.ledger.messages import BookAmount, BookingCommand
from services.aftercare.money.messages import Euros
from shared.bounds import Length, Line, Range, Text

Percent = Annotated[Decimal, partial(fields.Decimal, as_string=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookAllotments(BookingCommand):
    """`outflow`: how many left detention in the reference year, by municipality.

    `single`: the municipalities that apply by themselves.
    """

    outflow: Annotated[Mapping[str, Annotated[int, partial(fields.Integer, strict=True), Range(0)]], Length(most=100)]
    single: Annotated[tuple[Line, ...], Length(most=50)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseAllotments(BookAllotments):
    """`outflow` and `single` as they are right, for all municipalities; `because`: why the allotment changes."""

    because: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignBudget(BookAmount):
    """An amount for a budget line."""

    line: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class BookContribution(BookAmount):
    """An amount that a municipality brings in."""

    municipality: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseYear(BookingCommand):
    """The day and the decision on which a year is closed; no names of persons in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AllotmentView(Allotment):
    """A municipality's part, by its outflow in the reference year."""

    amount: Euros


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLineView(BudgetLine):
    """`budget` is all that is for the line, the sum of the other amounts. `advances` are lent and outstanding.

    `carriedOver`: outstanding advances that the closed year left to the next.
    """

    budget: Euros
    available: Euros
    committed: Euros
    spent: Euros
    advances: Euros
    carried_over: Euros


@dataclass(frozen=True, slots=True, kw_only=True)
class CoFinancingView(CoFinancing):
    """`needed` if all that is committed is spent; `short` is what municipalities must still bring in for it."""

    percent: Percent
    needed: Euros
    brought_in: Euros
    short: Euros


@dataclass(frozen=True, slots=True, kw_only=True)
class FundYearView:
    """The balances of a fund in a year. `closedOn` is null while the year is open."""

    fund: str
    year: int
    closed_on: date | None
    granted: Euros
    unassigned: Euros
    lines: tuple[BudgetLineView, ...]
    co_financing: CoFinancingView
    allotments: tuple[AllotmentView, ...]
