"""The account of a fund and year over the HTTP API."""

from marshmallow import fields

from services.aftercare.domain.funds import CostKind
from services.aftercare.messages.money import Money
from shared.schemas import MessageSchema


class SumView(MessageSchema):
    """`costs`: of how many trajectories, conversations or the like; `needs`: how many these answer with it."""

    amount = fields.Nested(Money, required=True)
    costs = fields.Integer(required=True)
    needs = fields.Integer(required=True)


class ProviderSum(SumView):
    """`provider` is null where nobody provides."""

    provider = fields.String(required=True, allow_none=True)


class KindSum(SumView):
    kind = fields.Enum(CostKind, by_value=True, required=True)


class DomainSum(KindSum):
    """`domain` is null for what answers no need."""

    domain = fields.String(required=True, allow_none=True)


class MunicipalAccountView(MessageSchema):
    """`municipality` is null for the region as a whole."""

    municipality = fields.String(required=True, allow_none=True)
    outflow = fields.Integer(required=True, attribute="funding.outflow")
    allotment = fields.Nested(Money, required=True, attribute="funding.allotment")
    contribution = fields.Nested(Money, required=True, attribute="funding.contribution")
    spent = fields.Nested(Money, required=True)
    surplus = fields.Nested(Money, required=True)
    shortfall = fields.Nested(Money, required=True)
    redistributable = fields.Nested(Money, required=True)
    co_financing_needed = fields.Nested(Money, required=True)
    co_financing_shortfall = fields.Nested(Money, required=True)


class AccountView(MessageSchema):
    """`kinds` and `providers` are of all costs; `domains`, of each kind, leave out the start-up financing."""

    fund = fields.String(required=True)
    year = fields.Integer(required=True)
    total = fields.Nested(SumView, required=True)
    start_up = fields.Nested(SumView, required=True)
    allotted = fields.Nested(Money, required=True)
    co_financing = fields.Nested(Money, required=True)
    co_financing_needed = fields.Nested(Money, required=True)
    co_financing_shortfall = fields.Nested(Money, required=True)
    redistributable = fields.Nested(Money, required=True)
    shortfall = fields.Nested(Money, required=True)
    uncovered = fields.Nested(Money, required=True)
    municipalities = fields.List(fields.Nested(MunicipalAccountView), required=True)
    providers = fields.List(fields.Nested(ProviderSum), required=True)
    kinds = fields.List(fields.Nested(KindSum), required=True)
    domains = fields.List(fields.Nested(DomainSum), required=True)
