"""What the operators' page is told, every two seconds."""

from marshmallow import INCLUDE, Schema, fields

from services.reporting.domain.operations.picture import Concern, Group
from shared.schemas import MessageSchema, StrictSchema, schema_of
from shared.web.parking import ParkedMessage


class ServiceView(MessageSchema):
    name = fields.String(required=True)
    up = fields.Boolean(required=True)
    relay_up = fields.Boolean(required=True, allow_none=True, metadata={"description": "null: it has none"})
    came_in = fields.Integer(required=True)
    went_out = fields.Integer(required=True)
    waits = fields.Integer(required=True)
    outbox_waits = fields.Integer(required=True)
    parked = fields.Integer(required=True)
    postponed = fields.Integer(required=True)
    oldest_seconds = fields.Float(required=True)


class QueueView(MessageSchema):
    name = fields.String(required=True)
    group = fields.Enum(Group, by_value=True, required=True)
    came_in = fields.Integer(required=True)
    went_out = fields.Integer(required=True)
    waits = fields.Integer(required=True)
    parked = fields.Integer(required=True)
    postponed = fields.Integer(required=True)
    oldest_seconds = fields.Float(required=True, metadata={"description": "an upper bound"})


class ProblemView(MessageSchema):
    concern = fields.Enum(Concern, by_value=True, required=True)
    about = fields.String(required=True, metadata={"description": "a service or a queue"})
    since = fields.AwareDateTime(required=True)
    amount = fields.Float(required=True, metadata={"description": "messages, or seconds where something waits long"})


class OperationsView(MessageSchema):
    """The state at a moment. Totals are since the processes started, or since reporting did, whichever came last."""

    at = fields.AwareDateTime(required=True, allow_none=True, metadata={"description": "null until all were asked"})
    problems = fields.List(fields.Nested(ProblemView), required=True)
    services = fields.List(fields.Nested(ServiceView), required=True)
    queues = fields.List(fields.Nested(QueueView), required=True)
    throughput = fields.List(
        fields.List(fields.Float()),
        required=True,
        metadata={"description": "of the last hour: seconds since the epoch, then messages a second of each service"},
    )


class OperationsWanted(StrictSchema):
    """Query parameters."""

    after = fields.Float(load_default=0.0, metadata={"description": "only throughput later than this, epoch seconds"})


class ServicesParked(MessageSchema):
    """The first of what stands parked in a service, oldest first; `more` when that is not all."""

    name = fields.String(required=True)
    answers = fields.Boolean(required=True, metadata={"description": "false: nothing is known of it now"})
    messages = fields.List(fields.Nested(schema_of(ParkedMessage, MessageSchema)), required=True)
    more = fields.Boolean(required=True)


class ParkedEverywhere(MessageSchema):
    services = fields.List(fields.Nested(ServicesParked), required=True)


class PassedOn(Schema):
    """Judged by the service that it is passed on to."""

    class Meta:
        unknown = INCLUDE
