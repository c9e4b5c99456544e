"""Plans, refusals and follow-ups over the HTTP API: what people ask, and what they get."""

from typing import Any

from marshmallow import fields, post_load

from services.aftercare.domain.follow_ups import DomainFollowedUp, FollowUp, Moment
from services.aftercare.domain.plans import AftercarePlan, Bottleneck, DomainPlan, Refusal
from services.aftercare.messages.texts import CODE, EACH_DOMAIN, LINE, TEXT
from shared.schemas import StrictSchema


class DomainPlanSchema(StrictSchema):
    """`referredTo` is a partner's id or an organisation's name; `accepted`: whether the detainee takes the offer.

    `owner` and `dueOn`: who does what is agreed, and by when.
    """

    domain = fields.String(required=True, validate=CODE)
    bottleneck = fields.Enum(Bottleneck, by_value=True, required=True)
    need = fields.String(load_default=None, validate=TEXT)
    agreement = fields.String(load_default=None, validate=TEXT)
    owner = fields.String(load_default=None, validate=LINE)
    due_on = fields.Date(load_default=None)
    referred_to = fields.String(load_default=None, validate=LINE)
    accepted = fields.Boolean(load_default=None)

    @post_load
    def to_domain_plan(self, data: dict[str, Any], **_: Any) -> DomainPlan:
        return DomainPlan(**data)


class PlanSchema(StrictSchema):
    """`domains` goes through every life domain of the house, each once."""

    made_on = fields.Date(required=True)
    domains = fields.List(fields.Nested(DomainPlanSchema), required=True, validate=EACH_DOMAIN)

    @post_load
    def to_plan(self, data: dict[str, Any], **_: Any) -> AftercarePlan:
        return AftercarePlan(made_on=data["made_on"], domains=tuple(data["domains"]))


class PlanView(PlanSchema):
    """`version`: the first plan of a detention has 1, the next 2."""

    version = fields.Integer(dump_only=True)


class RefusalSchema(StrictSchema):
    """`reason` in the detainee's words, or a code that the house uses."""

    refused_on = fields.Date(required=True)
    reason = fields.String(required=True, validate=TEXT)

    @post_load
    def to_refusal(self, data: dict[str, Any], **_: Any) -> Refusal:
        return Refusal(**data)


class DomainFollowedUpSchema(StrictSchema):
    domain = fields.String(required=True, validate=CODE)
    solved = fields.Boolean(required=True)

    @post_load
    def to_domain_followed_up(self, data: dict[str, Any], **_: Any) -> DomainFollowedUp:
        return DomainFollowedUp(**data)


class FollowUpSchema(StrictSchema):
    """`domains`: whether the bottlenecks of the plan are solved, as far as that is known."""

    moment = fields.Enum(Moment, by_value=True, required=True)
    answered_on = fields.Date(required=True)
    domains = fields.List(fields.Nested(DomainFollowedUpSchema), required=True, validate=EACH_DOMAIN)

    @post_load
    def to_follow_up(self, data: dict[str, Any], **_: Any) -> FollowUp:
        return FollowUp(**data | {"domains": tuple(data["domains"])})
