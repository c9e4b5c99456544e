"""What people ask over the HTTP API. An unknown field is an error."""

from datetime import date
from typing import Any
from uuid import UUID

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from services.weighing.domain.decisions import Decision
from shared.schemas import StrictSchema

CODE = validate.Length(min=1, max=64)
LINE = validate.Length(min=1, max=200)
LIST = validate.Length(max=100)
TOGETHER = validate.Length(min=1, max=200)
LISTS = ("attendees", "criteria", "information_used")


class _Decision(StrictSchema):
    """What the team decided, in codes of the house's profile, but for when."""

    decision = fields.String(required=True, validate=CODE)
    reason = fields.String(validate=CODE)
    comes_back_on = fields.Date()
    rerouted_to = fields.String(validate=LINE)
    escalated_to = fields.String(validate=LINE)
    attendees = fields.List(fields.String(validate=CODE), required=True, validate=LIST)
    criteria = fields.List(fields.String(validate=CODE), load_default=[], validate=LIST)
    legal_ground = fields.String(required=True, validate=CODE)
    information_used = fields.List(fields.String(validate=CODE), load_default=[], validate=LIST)


class Decide(_Decision):
    """The team's decision, in codes of the house's profile.

    `comesBackOn`: from which day on the team wants it back; absent, at the next briefing. `reroutedTo`: where it
    belongs. `attendees`: the partners at the table. `criteria`: those that the team found met. `informationUsed`: the
    partners whose information was used.
    """

    briefing_on = fields.Date(required=True)

    @post_load
    def to_decision(self, data: dict[str, Any], **_: Any) -> Decision:
        return _decision(**data)


class DecideOnReferral(_Decision):
    """One of the decisions of a briefing, in the words of `Decide`."""

    referral_id = fields.UUID(required=True)


class DecideTogether(StrictSchema):
    """The team's decisions of one briefing, at most one on each referral."""

    decisions = fields.List(fields.Nested(DecideOnReferral), required=True, validate=TOGETHER)

    @validates_schema
    def check_referrals(self, data: dict[str, Any], **_: Any) -> None:
        first: dict[UUID, int] = {}
        ids = [each["referral_id"] for each in data["decisions"]]
        again = [position for position, id in enumerate(ids) if first.setdefault(id, position) != position]
        if again:
            raise ValidationError(
                {"decisions": {position: {"referralId": ["stands here twice"]} for position in again}}
            )


class BriefingNamed(StrictSchema):
    """The briefing that a path names."""

    briefing_on = fields.Date(required=True)


def decisions_at(briefing_on: str, body: dict[str, Any]) -> tuple[date, dict[UUID, Decision]]:
    """The briefing that a path names, and the decisions of a `DecideTogether` by referral, in their order.

    Raises ValidationError when the path names none.
    """
    on: date = BriefingNamed().load({"briefingOn": briefing_on})["briefing_on"]
    return on, {each.pop("referral_id"): _decision(briefing_on=on, **each) for each in body["decisions"]}


def _decision(**data: Any) -> Decision:
    return Decision(**data | {name: tuple(data[name]) for name in LISTS})
