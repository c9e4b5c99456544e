"""What people ask over the HTTP API. An unknown field is an error."""

from typing import Any

from marshmallow import fields, post_load, validate

from services.weighing.domain.decisions import Decision
from shared.messaging.schema import StrictSchema

CODE = validate.Length(min=1, max=64)
LINE = validate.Length(min=1, max=200)
LIST = validate.Length(max=100)


class Decide(StrictSchema):
    """The team's decision, in codes of the house's profile.

    `comesBackOn`: from which day on the team wants it back; absent, at the next briefing. `reroutedTo`: where it
    belongs. `attendees`: the partners at the table. `criteria`: those that the team found met. `informationUsed`: the
    partners whose information was used.
    """

    briefing_on = fields.Date(required=True)
    decision = fields.String(required=True, validate=CODE)
    reason = fields.String(validate=CODE)
    comes_back_on = fields.Date()
    rerouted_to = fields.String(validate=LINE)
    escalated_to = fields.String(validate=LINE)
    attendees = fields.List(fields.String(validate=CODE), required=True, validate=LIST)
    criteria = fields.List(fields.String(validate=CODE), load_default=[], validate=LIST)
    legal_ground = fields.String(required=True, validate=CODE)
    information_used = fields.List(fields.String(validate=CODE), load_default=[], validate=LIST)

    @post_load
    def to_decision(self, data: dict[str, Any], **_: Any) -> Decision:
        lists = {name: tuple(data[name]) for name in ("attendees", "criteria", "information_used")}
        return Decision(**data | lists)
