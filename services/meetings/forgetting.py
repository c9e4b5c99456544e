"""Where meetings keeps texts about somebody, and how they are forgotten."""

from services.meetings.house import House
from services.meetings.sessions.store import SessionStore
from shared.messaging import Event
from shared.sealed_texts.messages import SubjectForgotten
from shared.sealed_texts.plain import TextColumns
from shared.unit import Unit

TEXT_COLUMNS = (
    TextColumns(
        "table_cases", ("running_on_reason", "without_plan_because"), "SELECT table_cases.house, table_cases.case_id"
    ),
    TextColumns(
        "superseded_closings",
        ("running_on_reason", "without_plan_because", "because"),
        "SELECT house, case_id FROM table_cases WHERE table_case_id = superseded_closings.table_case_id",
    ),
    TextColumns(
        "action_plans",
        ("because",),
        "SELECT house, case_id FROM table_cases WHERE table_case_id = action_plans.table_case_id",
    ),
    TextColumns(
        "agreements",
        ("what", "owner_person"),
        "SELECT table_cases.house, case_id FROM action_plans JOIN table_cases USING (table_case_id) "
        "WHERE action_plan_id = agreements.action_plan_id",
    ),
    TextColumns(
        "monitoring_moments",
        ("note",),
        "SELECT house, case_id FROM table_cases WHERE table_case_id = monitoring_moments.table_case_id",
    ),
    TextColumns(
        "superseded_answers",
        ("note", "because"),
        "SELECT house, case_id FROM table_cases WHERE table_case_id = superseded_answers.table_case_id",
    ),
    TextColumns(
        "session_changes",
        ("because",),
        "SELECT house, session_id AS case_id FROM sessions WHERE session_id = session_changes.session_id",
    ),
)


def forget_texts(event: Event[SubjectForgotten], unit: Unit[House]) -> None:
    """Destroy the keys of all texts of the case, and of the sessions that discussed it."""
    case_id = event.required_case_id()
    sessions = unit.store(SessionStore).sessions_with(event.house, case_id)
    unit.texts.erase([case_id, *sessions])
