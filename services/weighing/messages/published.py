"""What weighing publishes; `examples/` shows each as it goes over the wire."""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, post_dump, validate

from shared.schemas import StrictSchema


class InformationRequestIssued(StrictSchema):
    """`partner` is asked about the subject of a referral."""

    request_id = fields.UUID(required=True)
    referral_id = fields.UUID(required=True)
    subject_id = fields.UUID(required=True)
    partner = fields.String(required=True)
    answer_by = fields.Date(required=True)


class ReferralWeighed(StrictSchema):
    """The team's decision. `comes_back_on` is the briefing at which the referral is tabled again."""

    referral_id = fields.UUID(required=True)
    subject_id = fields.UUID(required=True)
    municipality = fields.String(required=True)
    sub_region = fields.String(required=True)
    referrer = fields.String(required=True)
    briefing_on = fields.Date(required=True)
    tabling = fields.Integer(required=True, validate=validate.Range(min=1))
    decision = fields.String(required=True)
    reason = fields.String()
    comes_back_on = fields.Date()
    rerouted_to = fields.String()
    opens_table = fields.String()
    attendees = fields.List(fields.String(), required=True)
    criteria = fields.List(fields.String(), required=True)
    legal_ground = fields.String(required=True)

    @post_dump
    def leave_out_absent(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {name: value for name, value in data.items() if value is not None}


PUBLISHES: Mapping[str, StrictSchema] = {
    "information-requests.issued.v1": InformationRequestIssued(),
    "referrals.weighed.v1": ReferralWeighed(),
}
