"""Which events reporting keeps, and what each of them adds to the projections."""

from collections.abc import Mapping
from typing import NamedTuple

from marshmallow import Schema

from services.reporting.messages import consumed


class Projection(NamedTuple):
    """`schema` says what an event must have; `put` names the query that adds it to a projection, if one uses it."""

    schema: Schema
    put: str | None = None


PROJECTIONS: Mapping[str, Projection] = {
    "referrals.registered.v1": Projection(consumed.ReferralRegistered(), "put_referral"),
    "detentions.registered.v1": Projection(consumed.DetentionRegistered(), "put_detention"),
    "referrals.weighed.v1": Projection(consumed.ReferralWeighed(), "put_tabling"),
    "table-cases.opened.v1": Projection(consumed.TableCaseOpened(), "put_opening"),
    "table-cases.referred-again.v1": Projection(consumed.TableCaseReferredAgain(), "put_referred_again"),
    "sessions.planned.v1": Projection(consumed.SessionPlanned(), "put_session"),
    "action-plans.agreed.v1": Projection(consumed.ActionPlanAgreed(), "put_action_plan"),
    "monitoring-moments.answered.v1": Projection(consumed.MonitoringMomentAnswered(), "put_monitoring_answer"),
    "table-cases.closed.v1": Projection(consumed.TableCaseClosed(), "put_closing"),
    "release-dates.changed.v1": Projection(consumed.ReleaseDateChanged(), "put_release"),
    "aftercare-plans.made.v1": Projection(consumed.AftercarePlanMade(), "put_aftercare_plan"),
    "conversations.held.v1": Projection(consumed.ConversationTold()),
    "preparations.overdue.v1": Projection(consumed.PreparationTold()),
    "releases.unprepared.v1": Projection(consumed.PreparationTold()),
    "trajectories.started.v1": Projection(consumed.TrajectoryTold()),
    "trajectories.progressed.v1": Projection(consumed.TrajectoryTold()),
    "trajectories.ended.v1": Projection(consumed.TrajectoryTold()),
    "stays.began.v1": Projection(consumed.StayTold()),
    "stays.ended.v1": Projection(consumed.StayTold()),
    "ledger-entries.booked.v1": Projection(consumed.LedgerEntryBooked()),
    "co-financing-shortfalls.foreseen.v1": Projection(consumed.CoFinancingShortfallForeseen()),
}
