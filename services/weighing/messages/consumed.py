"""What weighing reads of other services' events, and no more than that."""

from marshmallow import fields

from shared.schemas import MessageSchema


class ReferralRegistered(MessageSchema):
    """`referrals.registered.v1` of intake."""

    referral_id = fields.UUID(required=True)
    subject_id = fields.UUID(required=True)
    kind = fields.String(required=True)
    referrer = fields.String(required=True)
    received_on = fields.Date(required=True)
    municipality = fields.String(required=True)
    sub_region = fields.String(required=True)


class InformationRequestAnswered(MessageSchema):
    """`information-requests.answered.v1` of intake. `involved`: codes of the services that know the subject."""

    request_id = fields.UUID(required=True)
    partner = fields.String(required=True)
    answered_on = fields.Date(required=True)
    involved = fields.List(fields.String(), required=True)
