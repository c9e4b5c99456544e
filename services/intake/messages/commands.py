"""What people order over HTTP, and what they get for it."""

from marshmallow import fields

from services.intake.messages.parts import SubjectSchema, Text
from shared.schemas import StrictSchema


class ReferralByHand(StrictSchema):
    """A current referral that came by phone or mail; `referrer` is the id of the partner that brought it."""

    referrer = Text(64, required=True)
    received_on = fields.Date(required=True)
    reference = Text(64)
    subject = fields.Nested(SubjectSchema, required=True)
    concern = Text(10_000, required=True)
    theme = Text(64)


class Registered(StrictSchema):
    referral_id = fields.UUID(required=True)
