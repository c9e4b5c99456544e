"""What aftercare reads of others' events, and no more than that."""

from marshmallow import fields

from services.aftercare.domain.trajectories import Result
from services.aftercare.messages.money import Money
from shared.schemas import MessageSchema


class DetentionRegistered(MessageSchema):
    """`detentions.registered.v1`"""

    detention_id = fields.UUID(required=True)
    subject_id = fields.UUID(required=True)
    referral_id = fields.UUID(load_default=None)
    municipality = fields.String(required=True)
    institution = fields.String(required=True)
    detained_on = fields.Date(required=True)
    expected_release_on = fields.Date(load_default=None)
    own_aftercare = fields.Boolean(required=True)
    registered_on = fields.Date(required=True)


class Reported(MessageSchema):
    """What each message of a partner carries that aftercare judges: the partner's own id of it, and who sent it."""

    message_id = fields.UUID(required=True)
    partner = fields.String(required=True)


class ReleaseDateReported(Reported):
    """`release-dates.reported.v1`"""

    detained_on = fields.Date(required=True)
    release_on = fields.Date(required=True)
    reported_on = fields.Date(required=True)


class OutflowReported(Reported):
    """`outflows.reported.v1`"""

    list_year = fields.Integer(required=True)
    part = fields.Integer(required=True)
    parts = fields.Integer(required=True)
    rows = fields.Integer(required=True)
    row = fields.Integer(required=True)
    municipality = fields.String(required=True)
    institution = fields.String(required=True)
    detained_on = fields.Date(required=True)
    released_on = fields.Date(required=True)


class TableCaseOpened(MessageSchema):
    """`table-cases.opened.v1`"""

    table_case_id = fields.UUID(required=True)
    table = fields.String(required=True)
    opened_on = fields.Date(required=True)


class TableCaseClosed(MessageSchema):
    """`table-cases.closed.v1`"""

    table_case_id = fields.UUID(required=True)
    table = fields.String(required=True)
    closed_on = fields.Date(required=True)


class TrajectoryProgressReported(Reported):
    """`trajectory-progress.reported.v1`; `step` is a stage of the trajectory, or `ended`."""

    assignment_id = fields.UUID(required=True)
    on = fields.Date(required=True)
    step = fields.String(required=True)
    result = fields.Enum(Result, by_value=True, load_default=None)


class ConversationReported(Reported):
    """`conversations.reported.v1`"""

    assignment_id = fields.UUID(required=True)
    held_on = fields.Date(required=True)
    needs = fields.List(fields.String(), required=True)
    offered = fields.Boolean(required=True)
    accepted = fields.Boolean(load_default=None)
    outcome = fields.String(required=True)


class InvoiceReceived(Reported):
    """`invoices.received.v1`"""

    assignment_id = fields.UUID(required=True)
    number = fields.String(required=True)
    amount = fields.Nested(Money, required=True)
    invoiced_on = fields.Date(required=True)
