"""What people look up over HTTP."""

from marshmallow import fields

from services.intake.messages.parts import SubjectTold, Text
from services.intake.messages.published import ReferralRegistered
from shared.schemas import StrictSchema


class NameWanted(StrictSchema):
    """`purpose`: `intake`, `briefing`, or the id of one of the house's tables."""

    purpose = Text(64, required=True)


class SubjectView(StrictSchema):
    subject_id = fields.UUID(required=True)
    case_id = fields.UUID(required=True)
    details = fields.Nested(SubjectTold, required=True)


class ReferralView(ReferralRegistered):
    """`weighed`: whether it goes to a briefing."""

    case_id = fields.UUID(required=True)
    weighed = fields.Boolean(required=True)
