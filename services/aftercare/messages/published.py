"""What aftercare publishes; `examples/` shows each as it goes over the wire."""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, post_dump, validate

from services.aftercare.domain.ledger import EntryKind
from services.aftercare.domain.plans import Bottleneck
from services.aftercare.domain.preparations import Level
from services.aftercare.domain.trajectories import Result
from shared.schemas import MessageSchema


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


class ConversationHeld(Sparing):
    """What was said stays here. `needs` are life domains; `accepted` is there once it is known."""

    conversation_id = fields.UUID(required=True)
    detention_id = fields.UUID(required=True)
    municipality = fields.String(required=True)
    provider = fields.String()
    held_on = fields.Date(required=True)
    needs = fields.List(fields.String(), required=True)
    offered = fields.Boolean(required=True)
    accepted = fields.Boolean()


class AssignmentGiven(Sparing):
    """What a provider is asked to do; intake adds for whom. `assignmentId` is the conversation's or trajectory's."""

    assignment_id = fields.UUID(required=True)
    partner = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(["conversation", "trajectory"]))
    trajectory_kind = fields.String()
    needs = fields.List(fields.String(), required=True)
    institution = fields.String()
    starts_on = fields.Date()


class PreparationOverdue(MessageSchema):
    detention_id = fields.UUID(required=True)
    municipality = fields.String(required=True)
    preparation = fields.String(required=True)
    due_on = fields.Date(required=True)
    level = fields.Enum(Level, by_value=True, required=True)


class ReleaseUnprepared(MessageSchema):
    detention_id = fields.UUID(required=True)
    municipality = fields.String(required=True)
    released_on = fields.Date(required=True)


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


class _Booked(Sparing):
    """Which entry, in which year of which fund, and when."""

    entry_id = fields.UUID(required=True)
    fund = fields.String(required=True)
    year = fields.Integer(required=True)
    booked_on = fields.Date(required=True)


class PostingTold(Sparing):
    """What comes onto an account, in euros; below zero when it leaves it. `about` is the commitment or advance."""

    kind = fields.String(required=True)
    line = fields.String()
    municipality = fields.String()
    about = fields.UUID()
    amount = fields.Decimal(places=2, as_string=True, required=True)


class LedgerEntryBooked(_Booked):
    """`postings` add up to nothing. `corrects` is the entry that it undoes."""

    kind = fields.Enum(EntryKind, by_value=True, required=True)
    about = fields.UUID()
    corrects = fields.UUID()
    postings = fields.List(fields.Nested(PostingTold), required=True)


class CoFinancingShortfallForeseen(_Booked):
    """`short`: what municipalities must still bring in, in euros, if all that is committed is spent.

    The entry is the one that made it so.
    """

    short = fields.Decimal(places=2, as_string=True, required=True)


class ProblemFound(MessageSchema):
    """`field` is the path in the partner's message (`data.releaseOn`), empty for the message as a whole."""

    field = fields.String(required=True)
    reason = fields.String(required=True)


class SubmissionJudged(MessageSchema):
    """What became of a partner's message: taken when there are no problems, or else refused for them."""

    message_id = fields.UUID(required=True)
    partner = fields.String(required=True)
    problems = fields.List(fields.Nested(ProblemFound), required=True)


PUBLISHES: Mapping[str, MessageSchema] = {
    "release-dates.changed.v1": ReleaseDateChanged(),
    "aftercare-plans.made.v1": AftercarePlanMade(),
    "conversations.held.v1": ConversationHeld(),
    "assignments.given.v1": AssignmentGiven(),
    "preparations.overdue.v1": PreparationOverdue(),
    "releases.unprepared.v1": ReleaseUnprepared(),
    "trajectories.started.v1": TrajectoryStarted(),
    "trajectories.progressed.v1": TrajectoryProgressed(),
    "trajectories.ended.v1": TrajectoryEnded(),
    "stays.began.v1": StayBegan(),
    "stays.ended.v1": StayEnded(),
    "ledger-entries.booked.v1": LedgerEntryBooked(),
    "co-financing-shortfalls.foreseen.v1": CoFinancingShortfallForeseen(),
    "submissions.judged.v1": SubmissionJudged(),
}
