"""Sessions, over HTTP."""

from uuid import UUID

from services.meetings.access import PLAN_SESSION, SEE_TABLE_CASES
from services.meetings.house import House
from services.meetings.sessions import handlers, lookups
from services.meetings.sessions.messages import (
    CancelSession,
    CorrectSession,
    HoldSession,
    MoveSession,
    PlanSession,
    SessionInDetail,
    SessionsQuery,
)
from services.meetings.sessions.rules import Session
from services.meetings.table_cases.messages import Withdrawal
from shared.unit import Lookup, Unit
from shared.web import Call, Page, command, lookup


@lookup(action=SEE_TABLE_CASES, query=SessionsQuery, gives=Session, paged=True)
def sessions(call: Call[SessionsQuery], unit: Lookup[House]) -> Page[Session]:
    """Sessions by day: planned, held or cancelled."""
    return lookups.sessions(call.house, call.input, unit)


@lookup(action=SEE_TABLE_CASES, gives=SessionInDetail)
def session(call: Call[None], unit: Lookup[House], session_id: UUID) -> SessionInDetail:
    """One session, with all that was recorded of it."""
    return lookups.session(call.house, session_id, unit)


@command(action=PLAN_SESSION, takes=PlanSession, gives=Session, status=201)
def plan_session(call: Call[PlanSession], unit: Unit[House]) -> Session:
    """Plan a session of a table."""
    planned = handlers.plan_session(call.input.session(call.house), call.caller.name, unit)
    unit.concerns("sessions", planned.session_id)
    return planned


@command(action=PLAN_SESSION, takes=MoveSession, gives=Session)
def move_session(call: Call[MoveSession], unit: Unit[House], session_id: UUID) -> Session:
    """Move a planned session to another day."""
    return handlers.move_session(call.house, session_id, call.input.to, call.caller.name, unit)


@command(action=PLAN_SESSION, takes=HoldSession, gives=Session)
def hold_session(call: Call[HoldSession], unit: Unit[House], session_id: UUID) -> Session:
    """Record that a session was held."""
    return handlers.hold_session(call.house, session_id, call.input.held_on, call.caller.name, unit)


@command(action=PLAN_SESSION, takes=CancelSession, gives=Session)
def cancel_session(call: Call[CancelSession], unit: Unit[House], session_id: UUID) -> Session:
    """Cancel a planned session."""
    return handlers.cancel_session(call.house, session_id, call.input.because, call.caller.name, unit)


@command(action=PLAN_SESSION, takes=CorrectSession, gives=Session)
def correct_session(call: Call[CorrectSession], unit: Unit[House], session_id: UUID) -> Session:
    """Correct the day on which a session was held."""
    corrected = call.input
    return handlers.correct_session(
        call.house, session_id, corrected.held_on, corrected.because, call.caller.name, unit
    )


@command(action=PLAN_SESSION, takes=Withdrawal, gives=Session)
def withdraw_session(call: Call[Withdrawal], unit: Unit[House], session_id: UUID) -> Session:
    """Take back that a session was held or cancelled: the session is planned."""
    return handlers.withdraw_session(call.house, session_id, call.input.because, call.caller.name, unit)
