"""Scenarios over the HTTP API: what people ask, and what they get."""

from typing import Any

from marshmallow import fields, post_load, validate

from services.aftercare.domain.scenarios import Commitment, Proposed
from services.aftercare.messages.money import Money
from services.aftercare.messages.texts import CODE
from shared.schemas import MessageSchema, StrictSchema


class ProposedSchema(StrictSchema):
    """A commitment that could be made. Without `endsOn` it runs to the end of the year."""

    line = fields.String(required=True, validate=CODE)
    amount = fields.Nested(Money, required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(load_default=None)

    @post_load
    def to_proposed(self, data: dict[str, Any], **_: Any) -> Proposed:
        return Proposed(data.pop("line"), Commitment(**data))


class ScenarioWanted(StrictSchema):
    """`on`: the day to look from; what was spent later is not known then. Without `proposed` it is the forecast."""

    on = fields.Date(required=True)
    proposed = fields.List(fields.Nested(ProposedSchema), load_default=[], validate=validate.Length(max=50))


class ScenarioView(MessageSchema):
    """One line at the end of its year. `left` can still be committed; `short` is missing for what is proposed.

    `spent`: in the year, if things go on as they do. `fallsFree`: of commitments that end in the year, what is not
    spent; `stillCommitted`: of the others. `coFinancingNeeded`: over what will have been spent.
    """

    line = fields.String(required=True)
    left = fields.Nested(Money, required=True)
    short = fields.Nested(Money, required=True)
    spent = fields.Nested(Money, required=True)
    falls_free = fields.Nested(Money, required=True)
    still_committed = fields.Nested(Money, required=True)
    co_financing_needed = fields.Nested(Money, required=True)
