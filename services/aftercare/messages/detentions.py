"""Detentions, release dates and plans over the HTTP API: what people ask, and what they get."""

from typing import Any

from marshmallow import fields, post_load, validate

from services.aftercare.domain.detentions import ReleaseDate
from services.aftercare.domain.plans import AftercarePlan, Bottleneck, DomainPlan
from shared.messaging import MessageSchema, StrictSchema
from shared.web.paging import Page, Paged

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


class DetentionsWanted(Paged):
    """`withoutPlan` finds those for whom the house must still make one."""

    case_id = fields.UUID(load_default=None)
    release_before = fields.Date(load_default=None)
    without_plan = fields.Boolean(load_default=False)


class TableCaseView(MessageSchema):
    """`openedOn` is null for a moment when the closing was heard before the opening."""

    table_case_id = fields.UUID(required=True)
    opened_on = fields.Date(required=True, allow_none=True)
    closed_on = fields.Date(required=True, allow_none=True)


class DetentionView(MessageSchema):
    """`referralId` is null when it was not weighed; `releaseDate` is the last one known."""

    detention_id = fields.UUID(required=True)
    house = fields.String(required=True)
    case_id = fields.UUID(required=True)
    subject_id = fields.UUID(required=True)
    referral_id = fields.UUID(required=True, allow_none=True)
    municipality = fields.String(required=True)
    institution = fields.String(required=True)
    detained_on = fields.Date(required=True)
    own_aftercare = fields.Boolean(required=True)
    registered_on = fields.Date(required=True)
    release_date = fields.Nested(ReleaseDateSchema, required=True, allow_none=True)


class ListedDetention(DetentionView):
    """With the aftercare table's case of the same subject, running or last, and when the standing plan was made."""

    table_case = fields.Nested(TableCaseView, required=True, allow_none=True)
    plan_made_on = fields.Date(required=True, allow_none=True)


class DetentionPage(Page):
    items = fields.List(fields.Nested(ListedDetention), required=True)


class DetentionInDetail(ListedDetention):
    """With each release date in the order in which they came, and the plan that stands."""

    release_dates = fields.List(fields.Nested(ReleaseDateSchema), required=True)
    plan = fields.Nested(PlanSchema, required=True, allow_none=True)
