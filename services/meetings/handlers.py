"""The use cases: load, decide, store, announce."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from uuid_utils.compat import uuid7

from services.meetings import metrics
from services.meetings.dependencies import Unit
from services.meetings.domain import action_plans, sessions, table_cases
from services.meetings.domain.action_plans import ActionPlan, Answer, MonitoringMoment, StandingPlan
from services.meetings.domain.errors import UnknownTableCase
from services.meetings.domain.sessions import Session
from services.meetings.domain.table_cases import Closing, Seat, TableCase
from shared.business_dates import noon
from shared.messaging import Event, Retryable
from shared.postgres import as_row


def prepare_opening(events: Sequence[Event], unit: Unit) -> None:
    """Read at once what runs where these decisions bring their cases to."""
    seats = {Seat(each.house, each.data["subject_id"], table) for each in events if (table := each.data["opens_table"])}
    if seats:
        unit.store.load_running(seats)


def open_table_case(event: Event, unit: Unit) -> None:
    """A decision that brings a case to a table opens a table case there, or finds the subject's running one."""
    if not event.data["opens_table"]:
        return
    table_case = _brought_to_table(event)
    table_cases.check_table(table_case, unit.profile(event.house))
    if unit.store.open_table_case(table_case):
        unit.store.add_referral(table_case.table_case_id, table_case.referral_id, table_case.opened_on)
        _announce("table-cases.opened.v1", table_case, table_case.opened_on, as_row(table_case), unit)
        metrics.OPENED.labels(table_case.house, table_case.table).inc()
    else:
        _refer_again(table_case, unit)


def _brought_to_table(event: Event) -> TableCase:
    weighed = event.data
    return TableCase(
        table_case_id=uuid7(),
        house=event.house,
        case_id=event.required_case_id(),
        subject_id=weighed["subject_id"],
        referral_id=weighed["referral_id"],
        table=weighed["opens_table"],
        municipality=weighed["municipality"],
        sub_region=weighed["sub_region"],
        opened_on=weighed["briefing_on"],
    )


def _refer_again(found: TableCase, unit: Unit) -> None:
    running_id = unit.store.running_table_case(found.seat)
    if not running_id:
        raise Retryable("the running table case was closed just now")
    unit.store.add_referral(running_id, found.referral_id, found.opened_on)
    data = {
        "table_case_id": running_id,
        "referral_id": found.referral_id,
        "table": found.table,
        "referred_on": found.opened_on,
    }
    _announce("table-cases.referred-again.v1", found, found.opened_on, data, unit)
    metrics.REFERRED_AGAIN.labels(found.house, found.table).inc()


def plan_session(session: Session, unit: Unit) -> Session:
    """The session; planned once, however often it is asked."""
    cases = unit.store.table_cases_to_change(session.house, session.table_case_ids)
    if unit.store.is_planned(session.session_id):
        return session
    sessions.plan(session, cases, unit.store.discussed(session.table_case_ids), unit.profile(session.house))
    unit.store.add_session(session)
    unit.announce(
        "sessions.planned.v1",
        house=session.house,
        case_id=session.session_id,
        time=noon(session.held_on),
        data=as_row(session) | {"session_id": session.session_id},
    )
    metrics.SESSIONS_PLANNED.labels(session.house, session.table).inc()
    return session


def agree_on_plan(house: str, table_case_id: UUID, plan: ActionPlan, unit: Unit) -> StandingPlan:
    """The plan that stands now, with its monitoring moments; the one before stays as history."""
    table_case = _table_case_to_change(house, table_case_id, unit)
    standing = unit.store.standing_plan(table_case_id)
    agreed = action_plans.agree(table_case, plan, standing, unit.profile(house), uuid4())
    if agreed is standing:
        return agreed
    unit.store.replace_plan(house, table_case_id, agreed)
    data = {
        "table_case_id": table_case_id,
        "table": table_case.table,
        "agreed_on": plan.agreed_on,
        "case_holder": plan.case_holder,
        "agreements": len(plan.agreements),
        "domains": plan.domains,
    }
    _announce("action-plans.agreed.v1", table_case, plan.agreed_on, data, unit)
    metrics.PLANS_AGREED.labels(house, table_case.table).inc()
    return agreed


def answer_monitoring_moment(house: str, table_case_id: UUID, code: str, given: Answer, unit: Unit) -> MonitoringMoment:
    """The moment of the standing plan with the case holder's answer."""
    table_case = _table_case_to_change(house, table_case_id, unit)
    standing = unit.store.standing_plan(table_case_id)
    moment = action_plans.answer(table_case, standing, code, given)
    if not standing or standing.moment(code) == moment:
        return moment
    unit.store.answer_moment(standing.action_plan_id, code, given)
    data = {"table_case_id": table_case_id, "moment": code, "due_on": moment.due_on, **as_row(given)}
    _announce("monitoring-moments.answered.v1", table_case, given.answered_on, data, unit)
    metrics.MOMENTS_ANSWERED.labels(house, str(given.plan_stands).lower()).inc()
    return moment


def close_table_case(house: str, table_case_id: UUID, closing: Closing, unit: Unit) -> TableCase:
    """The closed table case."""
    table_case = _table_case_to_change(house, table_case_id, unit)
    standing = unit.store.standing_plan(table_case_id)
    last_moment_on = standing.last_moment_on if standing else None
    closed = table_cases.close(table_case, closing, last_moment_on, unit.profile(house))
    if closed is table_case:
        return closed
    unit.store.close_table_case(table_case_id, closing)
    data = {"table_case_id": table_case_id, "table": closed.table, "closed_on": closing.closed_on}
    scored = {"outcome": as_row(closing.outcome)} if closing.outcome else {}
    _announce("table-cases.closed.v1", closed, closing.closed_on, data | scored, unit)
    metrics.CLOSED.labels(house, closed.table).inc()
    return closed


def _table_case_to_change(house: str, table_case_id: UUID, unit: Unit) -> TableCase:
    """Locked, so that of two commands the second sees what the first did."""
    found = unit.store.table_cases_to_change(house, [table_case_id])
    if table_case_id not in found:
        raise UnknownTableCase
    return found[table_case_id]


def _announce(type: str, table_case: TableCase, on: date, data: Mapping[str, Any], unit: Unit) -> None:
    unit.announce(type, house=table_case.house, case_id=table_case.case_id, time=noon(on), data=data)
