"""Where meetings keeps texts about somebody, and how they are forgotten."""

from services.meetings.house import House
from services.meetings.sessions.store import SessionStore
from services.meetings.table_cases.store import MergedDecisionStore
from shared.messaging import Event
from shared.sealed_texts.messages import SubjectForgotten
from shared.sealed_texts.plain import TextColumns
from shared.suspects.store import SuspectStore
from shared.unit import Unit

OF_TABLE_CASE = "SELECT house, case_id FROM table_cases AS about WHERE about.table_case_id = {table}.table_case_id"
OF_PLAN = (
    "SELECT about.house, case_id FROM action_plans JOIN table_cases AS about USING (table_case_id) "
    "WHERE action_plan_id = {table}.action_plan_id"
)
OF_SESSION = "SELECT house, session_id AS case_id FROM sessions WHERE session_id = {table}.session_id"
TEXT_COLUMNS = (
    TextColumns("table_cases", ("running_on_reason", "without_plan_because"), OF_TABLE_CASE),
    TextColumns("superseded_closings", ("running_on_reason", "without_plan_because", "because"), OF_TABLE_CASE),
    TextColumns("action_plans", ("because",), OF_TABLE_CASE),
    TextColumns("agreements", ("what", "owner_person"), OF_PLAN),
    TextColumns("monitoring_moments", ("note",), OF_TABLE_CASE),
    TextColumns("superseded_answers", ("note", "because"), OF_TABLE_CASE),
    TextColumns("session_changes", ("because",), OF_SESSION),
)


def forget_subject(event: Event[SubjectForgotten], unit: Unit[House]) -> None:
    """Destroy the keys of all texts of the case and of the sessions that discussed it; forget what waits for it."""
    case_id = event.required_case_id()
    unit.store(SuspectStore).forget(case_id)
    unit.store(MergedDecisionStore).forget_decisions(event.data.subject_id)
    sessions = unit.store(SessionStore).sessions_with(event.house, case_id)
    unit.texts.erase([case_id, *sessions])
