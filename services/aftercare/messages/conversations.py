"""Conversations in prison over the HTTP API: what people ask, and what they get."""

from typing import Any

from marshmallow import fields, post_load, validate

from services.aftercare.domain.conversations import Report
from services.aftercare.messages.texts import CODE, TEXT
from shared.schemas import MessageSchema, StrictSchema


class ReportSchema(StrictSchema):
    """`needs` are life domains; `accepted`: whether the trajectory is taken that was offered, null until then."""

    held_on = fields.Date(required=True)
    needs = fields.List(fields.String(validate=CODE), load_default=[], validate=validate.Length(max=20))
    offered = fields.Boolean(required=True)
    accepted = fields.Boolean(load_default=None, allow_none=True)
    outcome = fields.String(required=True, validate=TEXT)

    @post_load
    def to_report(self, data: dict[str, Any], **_: Any) -> Report:
        return Report(**data | {"needs": tuple(data["needs"])})


class ConversationWanted(StrictSchema):
    """`provider` and `askedOn` ask somebody to hold it; with `report` it was held, without `provider` by the house."""

    provider = fields.String(load_default=None, validate=CODE)
    asked_on = fields.Date(load_default=None)
    report = fields.Nested(ReportSchema, load_default=None)


class ConversationView(MessageSchema):
    """`report` is null as long as it was not held."""

    conversation_id = fields.UUID(required=True)
    provider = fields.String(required=True, allow_none=True)
    asked_on = fields.Date(required=True, allow_none=True)
    report = fields.Nested(ReportSchema, required=True, allow_none=True)
