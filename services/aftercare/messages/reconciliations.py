"""A year's reconciliation over the HTTP API: what people ask, and what they get."""

from marshmallow import fields

from services.aftercare.domain.reconciliation import Cause, Finding
from shared.schemas import MessageSchema
from shared.web.old_paging import Page, Paged


class ReconciliationWanted(Paged):
    """`municipality`: what counts there alone, in the lines and in the sums."""

    municipality = fields.String(load_default=None)


class CountsView(MessageSchema):
    """`inflow` and `outflowOurs` are what we know, `outflowTheirs` are the rows of the list."""

    lines = fields.Integer(required=True)
    inflow = fields.Integer(required=True)
    outflow_ours = fields.Integer(required=True)
    outflow_theirs = fields.Integer(required=True)


class CauseView(CountsView):
    """What one cause explains of each total."""

    finding = fields.Enum(Finding, by_value=True, required=True)
    cause = fields.Enum(Cause, by_value=True, required=True)


class SummaryView(CountsView):
    """The totals, which are the sums of the causes."""

    causes = fields.List(fields.Nested(CauseView), required=True)


class TheirsView(MessageSchema):
    """A row of the list; `row` is its number in the message that it came in."""

    partner = fields.String(required=True)
    row = fields.Integer(required=True)
    municipality = fields.String(required=True)
    institution = fields.String(required=True)
    detained_on = fields.Date(required=True)
    released_on = fields.Date(required=True)


class OursView(MessageSchema):
    """A detention as we know it; `releaseOn` is the last release date known, null when there is none."""

    detention_id = fields.UUID(required=True)
    municipality = fields.String(required=True)
    institution = fields.String(required=True)
    detained_on = fields.Date(required=True)
    release_on = fields.Date(required=True, allow_none=True, attribute="release_date.release_on", dump_default=None)
    own_aftercare = fields.Boolean(required=True)


class LineView(MessageSchema):
    """`caseId` is null when nobody here is known by the row."""

    line_id = fields.UUID(required=True)
    case_id = fields.UUID(required=True, allow_none=True)
    finding = fields.Enum(Finding, by_value=True, required=True)
    cause = fields.Enum(Cause, by_value=True, required=True)
    theirs = fields.Nested(TheirsView, required=True, allow_none=True)
    ours = fields.Nested(OursView, required=True, allow_none=True)


class ReconciliationPage(Page):
    """The list has `parts` parts, of which `partsIn` are in; the summary is of all pages."""

    year = fields.Integer(required=True)
    parts = fields.Integer(required=True)
    parts_in = fields.Integer(required=True)
    summary = fields.Nested(SummaryView, required=True)
    items = fields.List(fields.Nested(LineView), required=True)
