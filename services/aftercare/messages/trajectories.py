"""Trajectories over the HTTP API: what people ask, and what they get."""

from typing import Any

from marshmallow import fields, post_load, validate

from services.aftercare.domain.trajectories import Result, StageReached
from services.aftercare.messages.texts import CODE, LINE
from shared.schemas import MessageSchema, StrictSchema
from shared.web.old_paging import Page, Paged


class TrajectoryWanted(StrictSchema):
    """`needs` are the life domains of the needs that the trajectory answers, each once."""

    case_id = fields.UUID(required=True)
    detention_id = fields.UUID(load_default=None)
    municipality = fields.String(required=True, validate=LINE)
    provider = fields.String(required=True, validate=CODE)
    kind = fields.String(required=True, validate=CODE)
    needs = fields.List(fields.String(validate=CODE), required=True, validate=validate.Length(min=1, max=20))
    starts_on = fields.Date(required=True)

    @post_load
    def with_tuple(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {"needs": tuple(data["needs"])}


class StageSchema(StrictSchema):
    """A stage of the kind of trajectory, and the day on which it was reached."""

    stage = fields.String(required=True, validate=CODE)
    on = fields.Date(required=True)

    @post_load
    def to_stage_reached(self, data: dict[str, Any], **_: Any) -> StageReached:
        return StageReached(**data)


class EndingSchema(StrictSchema):
    on = fields.Date(required=True)
    result = fields.Enum(Result, by_value=True, required=True)


class TransportSchema(StrictSchema):
    """The day on which a volunteer fetched somebody from prison."""

    on = fields.Date(required=True)


class TrajectoriesWanted(Paged):
    """`runningOn`: those that had started by that day and had not ended."""

    case_id = fields.UUID(load_default=None)
    provider = fields.String(load_default=None)
    kind = fields.String(load_default=None)
    municipality = fields.String(load_default=None)
    running_on = fields.Date(load_default=None)


class TrajectoryView(MessageSchema):
    """`stages` in the order in which they were reached, `stage` the furthest; `version` goes up with each change."""

    trajectory_id = fields.UUID(required=True)
    house = fields.String(required=True)
    case_id = fields.UUID(required=True)
    detention_id = fields.UUID(required=True, allow_none=True)
    municipality = fields.String(required=True)
    provider = fields.String(required=True)
    kind = fields.String(required=True)
    needs = fields.List(fields.String(), required=True)
    starts_on = fields.Date(required=True)
    stages = fields.List(fields.Nested(StageSchema), required=True)
    stage = fields.String(required=True, allow_none=True)
    ended_on = fields.Date(required=True, allow_none=True)
    result = fields.Enum(Result, by_value=True, required=True, allow_none=True)
    transports = fields.List(fields.Date(), required=True)
    version = fields.Integer(required=True)


class OutcomesWanted(StrictSchema):
    """`year`: in which they started."""

    house = fields.String(required=True)
    year = fields.Integer(required=True, validate=validate.Range(1900, 9998))


class StageOutcomeView(MessageSchema):
    """Of how many the `stage` was reached, and with how many it was the last before they dropped out."""

    stage = fields.String(required=True)
    reached = fields.Integer(required=True)
    dropped_out = fields.Integer(required=True)


class OutcomeView(MessageSchema):
    """How the trajectories of a kind went. `running`: those without an end; `results`: how many ended in each way."""

    kind = fields.String(required=True)
    started = fields.Integer(required=True)
    running = fields.Integer(required=True)
    results = fields.Dict(keys=fields.Enum(Result, by_value=True), values=fields.Integer(), required=True)
    stages = fields.List(fields.Nested(StageOutcomeView), required=True)


class TrajectoryPage(Page):
    items = fields.List(fields.Nested(TrajectoryView), required=True)
