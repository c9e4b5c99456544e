"""Which events reporting keeps, and what each of them adds to the projections."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from marshmallow import Schema

from services.reporting.messages import consumed
from services.reporting.storage import ReportingStore


class Projection(NamedTuple):
    """`put` adds an event's data, loaded by `schema` and joined with house, time and event_id, to the projections."""

    schema: Schema
    put: Callable[[ReportingStore, Mapping[str, Any]], None]


PROJECTIONS: Mapping[str, Projection] = {
    "referrals.registered.v1": Projection(consumed.ReferralRegistered(), ReportingStore.put_referral),
    "detentions.registered.v1": Projection(consumed.DetentionRegistered(), ReportingStore.put_detention),
    "referrals.weighed.v1": Projection(consumed.ReferralWeighed(), ReportingStore.put_tabling),
    "table-cases.opened.v1": Projection(consumed.TableCaseOpened(), ReportingStore.put_opening),
    "table-cases.referred-again.v1": Projection(consumed.TableCaseReferredAgain(), ReportingStore.put_referred_again),
    "sessions.planned.v1": Projection(consumed.SessionPlanned(), ReportingStore.put_session),
    "action-plans.agreed.v1": Projection(consumed.ActionPlanAgreed(), ReportingStore.put_action_plan),
    "monitoring-moments.answered.v1": Projection(
        consumed.MonitoringMomentAnswered(), ReportingStore.put_monitoring_answer
    ),
    "table-cases.closed.v1": Projection(consumed.TableCaseClosed(), ReportingStore.put_closing),
    "release-dates.changed.v1": Projection(consumed.ReleaseDateChanged(), ReportingStore.put_release),
    "aftercare-plans.made.v1": Projection(consumed.AftercarePlanMade(), ReportingStore.put_aftercare_plan),
}
