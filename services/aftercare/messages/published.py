"""What aftercare publishes; `examples/` shows each as it goes over the wire."""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, post_dump

from services.aftercare.domain.plans import Bottleneck
from services.aftercare.domain.trajectories import Result
from shared.messaging import MessageSchema


class ReleaseDateChanged(MessageSchema):
    detention_id = fields.UUID(required=True)
    municipality = fields.String(required=True)
    release_on = fields.Date(required=True)
    source = fields.String(required=True)
    changed_on = fields.Date(required=True)


class Sparing(MessageSchema):
    """Leaves out what is absent."""

    @post_dump
    def leave_out_absent(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {key: value for key, value in data.items() if value is not None}


class DomainPlanned(Sparing):
    """`referredTo` is there when somebody is referred; what was agreed stays here."""

    domain = fields.String(required=True)
    bottleneck = fields.Enum(Bottleneck, by_value=True, required=True)
    referred_to = fields.String()


class AftercarePlanMade(MessageSchema):
    detention_id = fields.UUID(required=True)
    municipality = fields.String(required=True)
    made_on = fields.Date(required=True)
    domains = fields.List(fields.Nested(DomainPlanned), required=True)


class _OfTrajectory(Sparing):
    """Which trajectory; `needs` are the life domains of its needs."""

    trajectory_id = fields.UUID(required=True)
    detention_id = fields.UUID()
    municipality = fields.String(required=True)
    provider = fields.String(required=True)
    kind = fields.String(required=True)
    needs = fields.List(fields.String(), required=True)


class TrajectoryStarted(_OfTrajectory):
    starts_on = fields.Date(required=True)


class TrajectoryProgressed(_OfTrajectory):
    stage = fields.String(required=True)
    reached_on = fields.Date(required=True)


class TrajectoryEnded(_OfTrajectory):
    """`stage` is the furthest that was reached."""

    starts_on = fields.Date(required=True)
    ended_on = fields.Date(required=True)
    stage = fields.String()
    result = fields.Enum(Result, by_value=True, required=True)


class StayBegan(MessageSchema):
    stay_id = fields.UUID(required=True)
    transition_house = fields.String(required=True)
    asked_on = fields.Date(required=True)
    began_on = fields.Date(required=True)


class StayEnded(MessageSchema):
    stay_id = fields.UUID(required=True)
    transition_house = fields.String(required=True)
    began_on = fields.Date(required=True)
    ended_on = fields.Date(required=True)


PUBLISHES: Mapping[str, MessageSchema] = {
    "release-dates.changed.v1": ReleaseDateChanged(),
    "aftercare-plans.made.v1": AftercarePlanMade(),
    "trajectories.started.v1": TrajectoryStarted(),
    "trajectories.progressed.v1": TrajectoryProgressed(),
    "trajectories.ended.v1": TrajectoryEnded(),
    "stays.began.v1": StayBegan(),
    "stays.ended.v1": StayEnded(),
}
