"""What people look up over the HTTP API, and what they get."""

from marshmallow import fields, validate

from services.meetings.messages.commands import ActionPlanSchema, AnswerSchema, ClosingSchema
from shared.messaging import MessageSchema
from shared.web.paging import Page, Paged


class TableCasesWanted(Paged):
    """`referralId` finds the table case that a referral opened or found running."""

    table = fields.String(load_default=None)
    state = fields.String(load_default=None, validate=validate.OneOf(["open", "closed"]))
    referral_id = fields.UUID(load_default=None)


class DueMomentsWanted(Paged):
    due_by = fields.Date(required=True)


class TableCaseView(MessageSchema):
    """`closing` is null while the case is under treatment."""

    table_case_id = fields.UUID(required=True)
    house = fields.String(required=True)
    case_id = fields.UUID(required=True)
    subject_id = fields.UUID(required=True)
    referral_id = fields.UUID(required=True)
    table = fields.String(required=True)
    municipality = fields.String(required=True)
    sub_region = fields.String(required=True)
    opened_on = fields.Date(required=True)
    closing = fields.Nested(ClosingSchema, required=True, allow_none=True)


class TableCasePage(Page):
    items = fields.List(fields.Nested(TableCaseView), required=True)


class MomentView(MessageSchema):
    """`answer` is null until the case holder has been asked."""

    code = fields.String(required=True)
    due_on = fields.Date(required=True)
    answer = fields.Nested(AnswerSchema, required=True, allow_none=True)


class StandingPlanView(MessageSchema):
    """The plan that counts, with its monitoring moments."""

    action_plan_id = fields.UUID(required=True)
    plan = fields.Nested(ActionPlanSchema, required=True)
    moments = fields.List(fields.Nested(MomentView), required=True)


class ReferralView(MessageSchema):
    referral_id = fields.UUID(required=True)
    referred_on = fields.Date(required=True)


class SessionView(MessageSchema):
    """`reason`: why a case came again to a table where a case comes once."""

    session_id = fields.UUID(required=True)
    table = fields.String(required=True)
    sub_region = fields.String(required=True)
    held_on = fields.Date(required=True)
    reason = fields.String(required=True, allow_none=True)


class PlannedSession(SessionView):
    table_case_ids = fields.List(fields.UUID(), required=True)


class TableCaseInDetail(TableCaseView):
    """With its referrals, its sessions and the plan that stands; `standingPlan` is null before the first."""

    referrals = fields.List(fields.Nested(ReferralView), required=True)
    sessions = fields.List(fields.Nested(SessionView), required=True)
    standing_plan = fields.Nested(StandingPlanView, required=True, allow_none=True)


class DueMoment(MessageSchema):
    """A monitoring moment that waits for its answer, and the partner to ask."""

    moment_id = fields.UUID(required=True)
    table_case_id = fields.UUID(required=True)
    case_id = fields.UUID(required=True)
    table = fields.String(required=True)
    sub_region = fields.String(required=True)
    case_holder = fields.String(required=True)
    code = fields.String(required=True)
    due_on = fields.Date(required=True)


class DueMomentPage(Page):
    items = fields.List(fields.Nested(DueMoment), required=True)
