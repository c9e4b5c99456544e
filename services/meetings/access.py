"""Who may do what in meetings. A caller acts for its own house alone."""

from shared.web.access import Action, Relation

PROCESS_DIRECTOR = {"process_director"}

HOLDS = Relation("holds", {"case_holder"})
"""The partner is the case holder of a plan that stands."""
AGREED = Relation("agreed", {"municipal_contact", "case_holder", "participant", "zsm_desk"})
"""The partner has an agreement to keep in a plan that stands."""

ADVISED = Relation("advised", {"zsm_desk"})
"""The partner gets ZSM advices."""

SEE_TABLE_CASES = Action("see table cases", PROCESS_DIRECTOR)
SEE_RUNNING = Action("see which table cases run", PROCESS_DIRECTOR | {"weighing_team", "information_coordinator"})
SEE_WHO_HAS_CASE = Action(
    "see which tables have a case and who holds it, to tell a caller whom to ask", {"intake_officer"}
)
SEE_CASE = Action("see a case", PROCESS_DIRECTOR, relations=[HOLDS, AGREED])
SEE_QUESTIONS = Action("see which plans of the own organisation must be confirmed", relations=[HOLDS])
SEE_AGREEMENTS = Action("see what the own organisation agreed to do", relations=[AGREED])
SEE_SUSPECTS = Action("see of which running cases the person is a suspect", PROCESS_DIRECTOR, relations=[HOLDS])
PLAN_SESSION = Action("plan a session", PROCESS_DIRECTOR)
AGREE_ON_PLAN = Action("record an action plan", PROCESS_DIRECTOR)
ANSWER_MONITORING_MOMENT = Action("answer a monitoring moment", PROCESS_DIRECTOR)
ANSWER_REPEAT = Action("say whether a plan stands after another referral", PROCESS_DIRECTOR, relations=[HOLDS])
CLOSE_TABLE_CASE = Action("close a table case", PROCESS_DIRECTOR)
READ_LATE_INFORMATION = Action("read what came too late for the weighing team", PROCESS_DIRECTOR, relations=[HOLDS])
WRITE_ADVICE = Action("write a ZSM advice", PROCESS_DIRECTOR, relations=[HOLDS])
SEE_ADVICE = Action("see a ZSM advice", PROCESS_DIRECTOR, relations=[HOLDS, ADVISED])
