"""Table cases, as aftercare hears of them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class OfTable:
    """What each event of a table case says: which one, at which table."""

    table_case_id: UUID
    table: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCaseOpened(OfTable):
    """`table-cases.opened.v1` of meetings: a case came under treatment at a table."""

    opened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCaseClosed(OfTable):
    """`table-cases.closed.v1` of meetings: a case is no longer under treatment at a table."""

    closed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingCorrected(TableCaseClosed):
    """`closings.corrected.v1` of meetings: a case was closed on another day than was announced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingWithdrawn(OfTable):
    """`closings.withdrawn.v1` of meetings: a case is under treatment at a table again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCaseWithdrawn(OfTable):
    """`table-cases.withdrawn.v1` of meetings: the decision that opened a table case was wrong."""
