"""The process director plans the sittings of a table."""

from services.meetings import metrics
from services.meetings.house import House
from services.meetings.sessions.messages import SessionPlanned
from services.meetings.sessions.rules import Session, plan
from services.meetings.sessions.store import SessionStore
from services.meetings.table_cases.store import TableCaseStore
from shared.business_dates import noon
from shared.unit import Unit


def plan_session(session: Session, unit: Unit[House]) -> Session:
    """Record the session. It is planned once, however often it is asked."""
    cases = unit.store(TableCaseStore).table_cases_to_change(session.house, session.table_case_ids)
    store = unit.store(SessionStore)
    if store.is_planned(session.session_id):
        return session
    plan(session, cases, store.discussed(session.table_case_ids), unit.profile(session.house))
    store.add_session(session)
    _announce_planned(session, unit)
    return session


def _announce_planned(session: Session, unit: Unit[House]) -> None:
    message = SessionPlanned(
        session_id=session.session_id,
        table=session.table,
        sub_region=session.sub_region,
        held_on=session.held_on,
        table_case_ids=session.table_case_ids,
    )
    unit.announce(message, house=session.house, case_id=session.session_id, time=noon(session.held_on))
    metrics.SESSIONS_PLANNED.labels(session.house, session.table).inc()
