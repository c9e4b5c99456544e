"""Who may do what in meetings. A caller acts for its own house alone."""

from shared.web.access import Action

PROCESS_DIRECTOR = {"process_director"}

SEE_TABLE_CASES = Action("see table cases", PROCESS_DIRECTOR)
PLAN_SESSION = Action("plan a session", PROCESS_DIRECTOR)
AGREE_ON_PLAN = Action("record an action plan", PROCESS_DIRECTOR)
ANSWER_MONITORING_MOMENT = Action("answer a monitoring moment", PROCESS_DIRECTOR)
CLOSE_TABLE_CASE = Action("close a table case", PROCESS_DIRECTOR)
