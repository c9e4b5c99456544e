"""What people ask over the HTTP API, and see again in its answers. An unknown field is an error."""

from typing import Any

from marshmallow import fields, post_load, validate

from services.aftercare.domain.detentions import ReleaseDate
from services.aftercare.domain.plans import AftercarePlan, Bottleneck, DomainPlan
from shared.messaging import StrictSchema

CODE = validate.Regexp("^[a-z0-9][a-z0-9_-]{0,63}$", error="Must be a code: a-z, 0-9, - and _.")
LINE = validate.Length(min=1, max=200)
TEXT = validate.Length(min=1, max=2000)


class ReleaseDateSchema(StrictSchema):
    """`source` is a code for who or what gave the date, such as a partner's id."""

    release_on = fields.Date(required=True)
    source = fields.String(required=True, validate=CODE)
    changed_on = fields.Date(required=True)

    @post_load
    def to_release_date(self, data: dict[str, Any], **_: Any) -> ReleaseDate:
        return ReleaseDate(**data)


class DomainPlanSchema(StrictSchema):
    """`referredTo` is a partner's id or an organisation's name; `accepted`: whether the detainee takes the offer."""

    domain = fields.String(required=True, validate=CODE)
    bottleneck = fields.Enum(Bottleneck, by_value=True, required=True)
    agreement = fields.String(load_default=None, validate=TEXT)
    owner = fields.String(load_default=None, validate=LINE)
    referred_to = fields.String(load_default=None, validate=LINE)
    accepted = fields.Boolean(load_default=None)

    @post_load
    def to_domain_plan(self, data: dict[str, Any], **_: Any) -> DomainPlan:
        return DomainPlan(**data)


class PlanSchema(StrictSchema):
    """`domains` goes through every life domain of the house, each once."""

    made_on = fields.Date(required=True)
    domains = fields.List(fields.Nested(DomainPlanSchema), required=True, validate=validate.Length(min=1, max=20))

    @post_load
    def to_plan(self, data: dict[str, Any], **_: Any) -> AftercarePlan:
        return AftercarePlan(made_on=data["made_on"], domains=tuple(data["domains"]))
