"""What the meetings read of others' events, and no more than that."""

from marshmallow import fields

from shared.messaging import MessageSchema


class ReferralWeighed(MessageSchema):
    """`referrals.weighed.v1`: `opensTable` is there when the decision brings the case to a table."""

    referral_id = fields.UUID(required=True)
    subject_id = fields.UUID(required=True)
    municipality = fields.String(required=True)
    sub_region = fields.String(required=True)
    briefing_on = fields.Date(required=True)
    opens_table = fields.String(load_default=None)
