"""The process director plans the sessions of a table, and records what became of each."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from services.meetings import metrics
from services.meetings.house import House
from services.meetings.sessions import rules
from services.meetings.sessions.messages import SessionCancelled, SessionHeld, SessionMoved, SessionPlanned
from services.meetings.sessions.rules import Session, State
from services.meetings.sessions.store import SessionStore
from services.meetings.table_cases.rules import TableCase
from services.meetings.table_cases.store import TableCaseStore
from shared.business_dates import noon
from shared.unit import Unit


def plan_session(session: Session, by: str, unit: Unit[House]) -> Session:
    """Record the session. It is planned once, however often it is asked."""
    cases = _cases(session, unit)
    store = unit.store(SessionStore)
    if planned := store.session(session.house, session.session_id):
        return rules.plan_again(planned, session)
    discussed = store.discussed(session.table_case_ids, session.held_on)
    rules.plan(session, cases, discussed, unit.profile(session.house))
    store.add_session(session, by)
    _announce_planned(session, unit)
    metrics.SESSIONS_PLANNED.labels(session.house, session.table).inc()
    return session


def move_session(house: str, session_id: UUID, to: date, by: str, unit: Unit[House]) -> Session:
    """Record another day of a planned session."""
    session = unit.store(SessionStore).session_to_change(house, session_id)
    moved = rules.move(session, to, _cases(session, unit).values())
    if moved is not session:
        unit.store(SessionStore).change_session(moved, by)
        message = SessionMoved(
            session_id=session_id,
            table=session.table,
            sub_region=session.sub_region,
            moved_from=session.held_on,
            moved_to=moved.held_on,
            table_case_ids=session.table_case_ids,
        )
        _announce(message, moved, unit.today, unit)
    return moved


def hold_session(house: str, session_id: UUID, held_on: date, by: str, unit: Unit[House]) -> Session:
    """Record that a session was held."""
    session = unit.store(SessionStore).session_to_change(house, session_id)
    held = rules.hold(session, held_on, _cases(session, unit).values())
    if held is not session:
        unit.store(SessionStore).change_session(held, by)
        _announce_held(held, unit)
        metrics.SESSIONS_HELD.labels(house, session.table).inc()
    return held


def cancel_session(house: str, session_id: UUID, because: str, by: str, unit: Unit[House]) -> Session:
    """Record that a session will not be held."""
    session = unit.store(SessionStore).session_to_change(house, session_id)
    cancelled = rules.cancel(session)
    if cancelled is not session:
        unit.store(SessionStore).change_session(cancelled, by, because)
        message = SessionCancelled(
            session_id=session_id,
            table=session.table,
            sub_region=session.sub_region,
            cancelled_on=unit.today,
            table_case_ids=session.table_case_ids,
        )
        _announce(message, cancelled, unit.today, unit)
    return cancelled


def correct_session(house: str, session_id: UUID, held_on: date, because: str, by: str, unit: Unit[House]) -> Session:
    """Record the right day of a session that was held."""
    session = unit.store(SessionStore).session_to_change(house, session_id)
    corrected = rules.correct(session, held_on, _cases(session, unit).values())
    if corrected is not session:
        unit.store(SessionStore).change_session(corrected, by, because)
        _announce_held(corrected, unit)
    return corrected


def withdraw_session(house: str, session_id: UUID, because: str, by: str, unit: Unit[House]) -> Session:
    """Record that a session was not held, or is not cancelled: the session is planned."""
    session = unit.store(SessionStore).session_to_change(house, session_id)
    planned = rules.withdraw(session)
    if session.state is not State.PLANNED:
        unit.store(SessionStore).change_session(planned, by, because)
        _announce_planned(planned, unit)
    return planned


def _cases(session: Session, unit: Unit[House]) -> Mapping[UUID, TableCase]:
    """The table cases of a session, locked, by id. The audit log tells the session for each of their cases."""
    cases = unit.store(TableCaseStore).table_cases_to_change(session.house, session.table_case_ids)
    for table_case in cases.values():
        unit.concerns_case(table_case.case_id)
    return cases


def _announce_planned(session: Session, unit: Unit[House]) -> None:
    message = SessionPlanned(
        session_id=session.session_id,
        table=session.table,
        sub_region=session.sub_region,
        held_on=session.held_on,
        table_case_ids=session.table_case_ids,
    )
    _announce(message, session, session.held_on, unit)


def _announce_held(session: Session, unit: Unit[House]) -> None:
    message = SessionHeld(
        session_id=session.session_id,
        table=session.table,
        sub_region=session.sub_region,
        held_on=session.held_on,
        table_case_ids=session.table_case_ids,
    )
    _announce(message, session, session.held_on, unit)


def _announce(message: object, session: Session, on: date, unit: Unit[House]) -> None:
    unit.announce(message, house=session.house, case_id=session.session_id, time=noon(on))
