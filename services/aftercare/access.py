"""Who may do what in aftercare. A caller acts for its own house alone."""

from shared.web.access import Action, Relation

COORDINATOR = {"aftercare_coordinator"}
MANAGER = {"chain_manager"}
DIRECTOR = {"process_director"}

HOME = Relation("home", {"municipal_contact"})
"""Somebody is detained who returns to the partner's municipality, and its people prepare the return."""
RETURNS = Relation("returns", {"bij_mandate"})
"""The same, for those who must know of a return and prepare nothing."""
PROVIDES = Relation("provides", {"provider"})
"""The partner is asked for a conversation or a trajectory."""

SEE_CASE = Action("see a case", COORDINATOR, relations=[HOME, RETURNS, PROVIDES])
SEE_ASSIGNMENTS = Action("see what the own organisation is asked to do", relations=[PROVIDES])
SEE_WHO_IS_DETAINED = Action(
    "see which people of some cases are detained", COORDINATOR | {"weighing_team", "information_coordinator"}
)
SEE_DETENTIONS = Action("see detentions", COORDINATOR)
CHANGE_RELEASE_DATE = Action("record another release date", COORDINATOR)
WITHDRAW_DETENTION = Action("end the duties for a detention", COORDINATOR)
MAKE_PLAN = Action("make an aftercare plan", COORDINATOR)
RECORD_REFUSAL = Action("record that somebody wants no plan", COORDINATOR)
FOLLOW_UP = Action("record which bottlenecks of a plan are solved", COORDINATOR)
RECORD_CONVERSATION = Action("ask for a conversation, or record one", COORDINATOR)
REPORT_CONVERSATION = Action("report a conversation", COORDINATOR)

SEE_PREPARATIONS = Action("see what is missing before a release", COORDINATOR | DIRECTOR)
SEE_BREACHES = Action("see releases for which nothing was prepared", COORDINATOR | DIRECTOR)
CONFIRM_NO_BREACH = Action("confirm that a breach was none", COORDINATOR | DIRECTOR)
WATCH = Action("watch a day", COORDINATOR)
SEE_RECONCILIATION = Action("see an outflow list beside the house's own detentions", COORDINATOR | MANAGER)

SEE_TRAJECTORIES = Action("see trajectories", COORDINATOR)
SEE_WHO_GUIDES = Action("see who guides a person now, to tell a caller whom to ask", {"intake_officer"})
SEE_TRAJECTORY_OUTCOMES = Action("see how trajectories went", COORDINATOR | MANAGER)
START_TRAJECTORY = Action("start a trajectory", COORDINATOR)
EXPLAIN_TRAJECTORY = Action("say why a wanted trajectory did not start", COORDINATOR)
REACH_STAGE = Action("record a stage of a trajectory", COORDINATOR)
END_TRAJECTORY = Action("record how a trajectory ended", COORDINATOR)
RECORD_TRANSPORT = Action("record a volunteer's ride", COORDINATOR)

SEE_TRANSITION_HOUSES = Action("see transition houses", COORDINATOR)
SEE_STAYS = Action("see stays", COORDINATOR)
ASK_FOR_STAY = Action("ask for a stay", COORDINATOR)
BEGIN_STAY = Action("give somebody a place", COORDINATOR)
END_STAY = Action("record the end of a stay", COORDINATOR)
WITHDRAW_STAY = Action("take somebody off a waiting list", COORDINATOR)

SEE_FUNDS = Action("see funds", COORDINATOR | MANAGER)
ALLOT = Action("book what a fund allots, or revise it", MANAGER)
BUDGET = Action("assign money to a budget line", MANAGER)
CONTRIBUTE = Action("book co-financing", MANAGER)
CLOSE_YEAR = Action("close a year of a fund", MANAGER)
CORRECT_ENTRY = Action("undo an entry", MANAGER)
COMMIT = Action("promise a provider money", COORDINATOR)
SPEND = Action("pay what was promised", COORDINATOR)
RELEASE = Action("give back what was promised", COORDINATOR)
LEND = Action("lend somebody money", COORDINATOR)
REPAY = Action("book a repayment", COORDINATOR)
WRITE_OFF = Action("write off what will not be paid back", MANAGER)
SEE_SCENARIOS = Action("see how a fund may stand at the end of a year", COORDINATOR | MANAGER)
SEE_ACCOUNTS = Action("see the account of a fund", COORDINATOR | MANAGER)
