"""What people ask over the HTTP API, and see again in its answers. An unknown field is an error."""

from typing import Any

from marshmallow import fields, post_load, validate

from services.meetings.domain.action_plans import ActionPlan, Agreement, Answer, Owner
from services.meetings.domain.sessions import Reason
from services.meetings.domain.table_cases import Closing, Outcome
from shared.messaging import StrictSchema

CODE = validate.Length(min=1, max=64)
LINE = validate.Length(min=1, max=200)
TEXT = validate.Length(min=1, max=2000)


class PlanSession(StrictSchema):
    """`tableCaseIds` in the order in which the cases are taken."""

    table = fields.String(required=True, validate=CODE)
    sub_region = fields.String(required=True, validate=CODE)
    held_on = fields.Date(required=True)
    table_case_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(min=1, max=100))
    reason = fields.Enum(Reason, by_value=True, load_default=None)

    @post_load
    def each_case_once(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {"table_case_ids": tuple(dict.fromkeys(data["table_case_ids"]))}


class OwnerSchema(StrictSchema):
    """`person` is a professional's function, never a client."""

    partner = fields.String(required=True, validate=CODE)
    person = fields.String(load_default=None, validate=LINE)

    @post_load
    def to_owner(self, data: dict[str, Any], **_: Any) -> Owner:
        return Owner(**data)


class AgreementSchema(StrictSchema):
    owner = fields.Nested(OwnerSchema, required=True)
    domain = fields.String(load_default=None, validate=CODE)
    what = fields.String(required=True, validate=TEXT)
    due_on = fields.Date(required=True)

    @post_load
    def to_agreement(self, data: dict[str, Any], **_: Any) -> Agreement:
        return Agreement(**data)


class ActionPlanSchema(StrictSchema):
    agreed_on = fields.Date(required=True)
    case_holder = fields.String(required=True, validate=CODE)
    agreements = fields.List(fields.Nested(AgreementSchema), required=True, validate=validate.Length(min=1, max=50))

    @post_load
    def to_plan(self, data: dict[str, Any], **_: Any) -> ActionPlan:
        return ActionPlan(**data | {"agreements": tuple(data["agreements"])})


class AnswerSchema(StrictSchema):
    """What the case holder said at a monitoring moment."""

    answered_on = fields.Date(required=True)
    plan_stands = fields.Boolean(required=True)
    note = fields.String(load_default=None, validate=TEXT)

    @post_load
    def to_answer(self, data: dict[str, Any], **_: Any) -> Answer:
        return Answer(**data)


class OutcomeSchema(StrictSchema):
    """The five yes-or-no questions at closing."""

    procedure_departed_from_or_breakthrough = fields.Boolean(required=True)
    all_parties_cooperate = fields.Boolean(required=True)
    progress_made = fields.Boolean(required=True)
    case_made_manageable = fields.Boolean(required=True)
    case_holder_can_go_on = fields.Boolean(required=True)

    @post_load
    def to_outcome(self, data: dict[str, Any], **_: Any) -> Outcome:
        return Outcome(**data)


class ClosingSchema(StrictSchema):
    """`runningOnReason`: why the case was not closed at the last monitoring moment of its plan."""

    closed_on = fields.Date(required=True)
    outcome = fields.Nested(OutcomeSchema, load_default=None)
    running_on_reason = fields.String(load_default=None, validate=TEXT)

    @post_load
    def to_closing(self, data: dict[str, Any], **_: Any) -> Closing:
        return Closing(**data)
