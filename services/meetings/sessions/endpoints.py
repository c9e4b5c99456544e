"""Sessions, over HTTP."""

from services.meetings.access import PLAN_SESSION
from services.meetings.house import House
from services.meetings.sessions import handlers
from services.meetings.sessions.messages import PlannedSession, PlanSession
from shared.unit import Unit
from shared.web import Call, command


@command(action=PLAN_SESSION, takes=PlanSession, gives=PlannedSession, status=201)
def plan_session(call: Call[PlanSession], unit: Unit[House]) -> PlannedSession:
    """Plan a session of a table."""
    planned = handlers.plan_session(call.input.session(call.house), unit)
    return PlannedSession(
        session_id=planned.session_id,
        table=planned.table,
        sub_region=planned.sub_region,
        held_on=planned.held_on,
        reason=planned.reason,
        table_case_ids=planned.table_case_ids,
    )
