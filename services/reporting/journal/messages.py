"""The fields that every event must have to be kept and counted. The journal keeps all other fields too."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from shared.bounds import FieldName

Data = Mapping[str, Any]
"""The data of an event as its publisher sent them, with the fields that reporting does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRegistered:
    """`referrals.registered.v1` of intake: sex, age class and day of receipt of a referral."""

    referral_id: UUID
    subject_id: UUID
    kind: str
    referrer: str
    received_on: date
    municipality: str
    sub_region: str
    sex: str
    age_class: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DetentionRegistered:
    """`detentions.registered.v1` of intake: a detention comes into the inflow."""

    detention_id: UUID
    referral_id: UUID | None = None
    municipality: str
    expected_release_on: date | None = None
    own_aftercare: bool
    registered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DetentionCorrected:
    """`detentions.corrected.v1` of intake: a detention as its notice tells it since a correction."""

    detention_id: UUID
    municipality: str
    expected_release_on: date | None = None
    own_aftercare: bool
    corrected_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralWeighed:
    """`referrals.weighed.v1` of weighing: one tabling of a referral with its decision; most figures count tablings."""

    referral_id: UUID
    subject_id: UUID
    municipality: str
    sub_region: str
    referrer: str
    briefing_on: date
    tabling: int
    decision: str
    reason: str | None = None
    rerouted_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionCorrected(ReferralWeighed):
    """`decisions.corrected.v1` of weighing: the right decision of a tabling."""

    corrected_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionWithdrawn:
    """`decisions.withdrawn.v1` of weighing: a tabling counts no more; its referral is back on the agenda."""

    referral_id: UUID
    tabling: int
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCaseOpened:
    """`table-cases.opened.v1` of meetings: a table case comes under treatment."""

    table_case_id: UUID
    subject_id: UUID
    table: str
    municipality: str
    sub_region: str
    opened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCaseReferredAgain:
    """`table-cases.referred-again.v1` of meetings: a referral found its table case running."""

    table_case_id: UUID
    referral_id: UUID
    table: str
    referred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCaseWithdrawn:
    """`table-cases.withdrawn.v1` of meetings: the decision that opened a table case was wrong."""

    table_case_id: UUID
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCaseReferralWithdrawn:
    """`table-case-referrals.withdrawn.v1` of meetings: the decision that referred a table case again was wrong."""

    table_case_id: UUID
    referral_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlanned:
    """`sessions.planned.v1` of meetings: a session with the number of its cases."""

    session_id: UUID
    table: str
    sub_region: str
    held_on: date
    table_case_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionMoved:
    """`sessions.moved.v1` of meetings: a planned session got another day."""

    session_id: UUID
    moved_to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionHeld:
    """`sessions.held.v1` of meetings: a session was held on that day."""

    session_id: UUID
    held_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCancelled:
    """`sessions.cancelled.v1` of meetings: a planned session is not held."""

    session_id: UUID
    cancelled_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlanAgreed:
    """`action-plans.agreed.v1` of meetings: an action plan with the number of its agreements."""

    action_plan_id: UUID | None = None
    table_case_id: UUID
    table: str
    agreed_on: date
    agreements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlanWithdrawn:
    """`action-plans.withdrawn.v1` of meetings: an action plan counts no more."""

    action_plan_id: UUID
    table_case_id: UUID
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringMomentAnswered:
    """`monitoring-moments.answered.v1` of meetings: whether the plan still stood."""

    table_case_id: UUID
    moment: str
    due_on: date
    answered_on: date
    plan_stands: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringAnswerWithdrawn:
    """`monitoring-answers.withdrawn.v1` of meetings: an answer counts no more."""

    table_case_id: UUID
    moment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCaseClosed:
    """`table-cases.closed.v1` of meetings: a table case leaves treatment, with its outcome where it was scored."""

    table_case_id: UUID
    table: str
    closed_on: date
    outcome: Mapping[FieldName, bool] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingCorrected:
    """`closings.corrected.v1` of meetings: the right closing of a table case."""

    table_case_id: UUID
    table: str
    closed_on: date
    outcome: Mapping[FieldName, bool] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingWithdrawn:
    """`closings.withdrawn.v1` of meetings: a table case is under treatment again."""

    table_case_id: UUID
    table: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseDateChanged:
    """`release-dates.changed.v1` of aftercare: the latest release date of a detention, absent if none is known."""

    detention_id: UUID
    municipality: str
    release_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DetentionJoined:
    """`detentions.joined.v1` of aftercare: a notice is of a detention that is known already."""

    detention_id: UUID
    joined_to: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DetentionWithdrawn:
    """`detentions.withdrawn.v1` of aftercare: nothing is done for a detention any more."""

    detention_id: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DetentionRestored:
    """`detentions.restored.v1` of aftercare: a detention is one of its own after all."""

    detention_id: UUID
    restored_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AftercarePlanWithdrawn:
    """`aftercare-plans.withdrawn.v1` of aftercare: the plan made on that day was a slip."""

    detention_id: UUID
    municipality: str
    made_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDomain:
    """What an aftercare plan finds on one life domain."""

    domain: str
    bottleneck: str
    referred_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AftercarePlanMade:
    """`aftercare-plans.made.v1` of aftercare: the bottlenecks per life domain of a detention."""

    detention_id: UUID
    municipality: str
    made_on: date
    domains: tuple[PlannedDomain, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationWithdrawn:
    """`conversations.withdrawn.v1` of aftercare: the report of a conversation was a slip."""

    conversation_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class StayStepWithdrawn:
    """`stay-steps.withdrawn.v1` of aftercare: the beginning or the end of a stay was a slip."""

    stay_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectoryStepWithdrawn:
    """`trajectory-steps.withdrawn.v1` of aftercare: a stage, or the end, was a slip."""

    trajectory_id: UUID
