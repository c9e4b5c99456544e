"""What the meetings publish; `examples/` shows each as it goes over the wire."""

from collections.abc import Mapping

from marshmallow import fields

from services.meetings.messages.commands import OutcomeSchema
from shared.messaging import MessageSchema


class TableCaseOpened(MessageSchema):
    table_case_id = fields.UUID(required=True)
    referral_id = fields.UUID(required=True)
    subject_id = fields.UUID(required=True)
    table = fields.String(required=True)
    municipality = fields.String(required=True)
    sub_region = fields.String(required=True)
    opened_on = fields.Date(required=True)


class TableCaseReferredAgain(MessageSchema):
    table_case_id = fields.UUID(required=True)
    referral_id = fields.UUID(required=True)
    table = fields.String(required=True)
    referred_on = fields.Date(required=True)


class SessionPlanned(MessageSchema):
    session_id = fields.UUID(required=True)
    table = fields.String(required=True)
    sub_region = fields.String(required=True)
    held_on = fields.Date(required=True)
    table_case_ids = fields.List(fields.UUID(), required=True)


class ActionPlanAgreed(MessageSchema):
    """`agreements` is how many there are: what they say stays here."""

    table_case_id = fields.UUID(required=True)
    table = fields.String(required=True)
    agreed_on = fields.Date(required=True)
    case_holder = fields.String(required=True)
    agreements = fields.Integer(required=True)
    domains = fields.List(fields.String(), required=True)


class MonitoringMomentAnswered(MessageSchema):
    table_case_id = fields.UUID(required=True)
    moment = fields.String(required=True)
    due_on = fields.Date(required=True)
    answered_on = fields.Date(required=True)
    plan_stands = fields.Boolean(required=True)


class TableCaseClosed(MessageSchema):
    table_case_id = fields.UUID(required=True)
    table = fields.String(required=True)
    closed_on = fields.Date(required=True)
    outcome = fields.Nested(OutcomeSchema)


PUBLISHES: Mapping[str, MessageSchema] = {
    "table-cases.opened.v1": TableCaseOpened(),
    "table-cases.referred-again.v1": TableCaseReferredAgain(),
    "sessions.planned.v1": SessionPlanned(),
    "action-plans.agreed.v1": ActionPlanAgreed(),
    "monitoring-moments.answered.v1": MonitoringMomentAnswered(),
    "table-cases.closed.v1": TableCaseClosed(),
}
