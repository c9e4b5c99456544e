"""What intake reads of other services' events, and no more than that."""

from marshmallow import fields

from shared.messaging.schema import MessageSchema


class InformationRequestIssued(MessageSchema):
    """`information-requests.issued.v1` of weighing."""

    request_id = fields.UUID(required=True)
    referral_id = fields.UUID(required=True)
    subject_id = fields.UUID(required=True)
    partner = fields.String(required=True)
    answer_by = fields.Date(required=True)


class ReferralWeighed(MessageSchema):
    """`referrals.weighed.v1` of weighing."""

    referral_id = fields.UUID(required=True)
    briefing_on = fields.Date(required=True)
    decision = fields.String(required=True)
    reason = fields.String(load_default=None)
