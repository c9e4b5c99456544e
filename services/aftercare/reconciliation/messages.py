"""What people look up of a year's reconciliation."""

from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

from services.aftercare.detentions.rules import Detention
from services.aftercare.outflows.rules import Outflow
from services.aftercare.reconciliation.rules import Cause, Finding, Line
from shared.web import PageQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconciliationQuery(PageQuery):
    """`municipality`: what counts in that municipality alone, in the lines and in the sums."""

    municipality: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsView:
    """`inflow` and `outflowOurs` are what aftercare knows, `outflowTheirs` are the rows of the list."""

    lines: int
    inflow: int
    outflow_ours: int
    outflow_theirs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseView(CountsView):
    """What one cause explains of each total."""

    finding: Finding
    cause: Cause


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryView(CountsView):
    """The totals, which are the sums of the causes."""

    causes: tuple[CauseView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedOutflow:
    """A row of the list; `row` is its number in the message that it came in."""

    partner: str
    row: int
    municipality: str
    institution: str
    detained_on: date
    released_on: date

    @classmethod
    def of(cls, outflow: Outflow) -> Self:
        return cls(
            partner=outflow.partner,
            row=outflow.row,
            municipality=outflow.municipality,
            institution=outflow.institution,
            detained_on=outflow.detained_on,
            released_on=outflow.released_on,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDetention:
    """A detention as aftercare knows it; `releaseOn` is the last release date known, null when there is none."""

    detention_id: UUID
    municipality: str
    institution: str
    detained_on: date
    release_on: date | None
    own_aftercare: bool

    @classmethod
    def of(cls, detention: Detention) -> Self:
        return cls(
            detention_id=detention.detention_id,
            municipality=detention.municipality,
            institution=detention.institution,
            detained_on=detention.detained_on,
            release_on=detention.release_on,
            own_aftercare=detention.own_aftercare,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """`caseId` is null when nobody in this house is known by the row."""

    line_id: UUID
    case_id: UUID | None
    finding: Finding
    cause: Cause
    theirs: ListedOutflow | None
    ours: OwnDetention | None

    @classmethod
    def of(cls, line: Line) -> Self:
        return cls(
            line_id=line.line_id,
            case_id=line.case_id,
            finding=line.finding,
            cause=line.cause,
            theirs=ListedOutflow.of(line.theirs) if line.theirs else None,
            ours=OwnDetention.of(line.ours) if line.ours else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """The list has `parts` parts, of which `partsIn` are in; the summary is of all pages.

    `next` is the cursor of the next page, null on the last.
    """

    year: int
    parts: int
    parts_in: int
    summary: SummaryView
    items: tuple[LineView, ...]
    next: UUID | None
