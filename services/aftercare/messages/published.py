"""What aftercare publishes; `examples/` shows each as it goes over the wire."""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, post_dump

from services.aftercare.domain.plans import Bottleneck
from shared.messaging import MessageSchema


class ReleaseDateChanged(MessageSchema):
    detention_id = fields.UUID(required=True)
    municipality = fields.String(required=True)
    release_on = fields.Date(required=True)
    source = fields.String(required=True)
    changed_on = fields.Date(required=True)


class DomainPlanned(MessageSchema):
    """`referredTo` is there when somebody is referred; what was agreed stays here."""

    domain = fields.String(required=True)
    bottleneck = fields.Enum(Bottleneck, by_value=True, required=True)
    referred_to = fields.String()

    @post_dump
    def leave_out_absent(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {key: value for key, value in data.items() if value is not None}


class AftercarePlanMade(MessageSchema):
    detention_id = fields.UUID(required=True)
    municipality = fields.String(required=True)
    made_on = fields.Date(required=True)
    domains = fields.List(fields.Nested(DomainPlanned), required=True)


PUBLISHES: Mapping[str, MessageSchema] = {
    "release-dates.changed.v1": ReleaseDateChanged(),
    "aftercare-plans.made.v1": AftercarePlanMade(),
}
