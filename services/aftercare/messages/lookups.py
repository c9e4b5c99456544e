"""What people look up over the HTTP API, and what they get."""

from marshmallow import fields

from services.aftercare.messages.commands import PlanSchema, ReleaseDateSchema
from shared.messaging import MessageSchema
from shared.web.paging import Page, Paged


class DetentionsWanted(Paged):
    """`withoutPlan` finds those for whom the house must still make one."""

    case_id = fields.UUID(load_default=None)
    release_before = fields.Date(load_default=None)
    without_plan = fields.Boolean(load_default=False)


class TableCaseView(MessageSchema):
    """`openedOn` is null for a moment when the closing was heard before the opening."""

    table_case_id = fields.UUID(required=True)
    opened_on = fields.Date(required=True, allow_none=True)
    closed_on = fields.Date(required=True, allow_none=True)


class DetentionView(MessageSchema):
    """`referralId` is null when it was not weighed; `releaseDate` is the last one known."""

    detention_id = fields.UUID(required=True)
    house = fields.String(required=True)
    case_id = fields.UUID(required=True)
    subject_id = fields.UUID(required=True)
    referral_id = fields.UUID(required=True, allow_none=True)
    municipality = fields.String(required=True)
    institution = fields.String(required=True)
    detained_on = fields.Date(required=True)
    own_aftercare = fields.Boolean(required=True)
    registered_on = fields.Date(required=True)
    release_date = fields.Nested(ReleaseDateSchema, required=True, allow_none=True)


class ListedDetention(DetentionView):
    """With the aftercare table's case of the same subject, running or last, and when the standing plan was made."""

    table_case = fields.Nested(TableCaseView, required=True, allow_none=True)
    plan_made_on = fields.Date(required=True, allow_none=True)


class DetentionPage(Page):
    items = fields.List(fields.Nested(ListedDetention), required=True)


class DetentionInDetail(ListedDetention):
    """With each release date in the order in which they came, and the plan that stands."""

    release_dates = fields.List(fields.Nested(ReleaseDateSchema), required=True)
    plan = fields.Nested(PlanSchema, required=True, allow_none=True)
