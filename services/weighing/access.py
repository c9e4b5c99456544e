"""Who may do what in weighing. A caller acts for its own house alone."""

from shared.web.access import Action, Relation

WEIGHING_TEAM = {"weighing_team"}

REFERRED = Relation("referred", {"municipal_contact", "case_holder", "participant", "zsm_desk"})
"""The partner brought a referral."""
ASKED = Relation("asked", {"municipal_contact", "partner_contact"})
"""The partner is asked what it knows of the subject of a referral."""
OWNS = Relation("owns a follow-up", {"municipal_contact", "case_holder", "participant"})
"""The partner does what was agreed as the follow-up of a decision."""

SEE_AGENDA = Action("see the agenda and its referrals", WEIGHING_TEAM | {"information_coordinator"})
PLAN_BRIEFING = Action("move, cancel and add briefings", WEIGHING_TEAM | {"information_coordinator"})
LEAD_BRIEFING = Action("open and settle a briefing", WEIGHING_TEAM)
SEE_CASE = Action("see a case", SEE_AGENDA.roles, relations=[REFERRED, ASKED, OWNS])
SEE_QUESTIONS = Action("see what the own organisation is asked", relations=[ASKED])
SEE_REQUESTS = Action("see what partners are asked", {"information_coordinator"}, relations=[ASKED])
ASK_PARTNERS = Action("ask a partner about a referral", {"information_coordinator"})
READ_LATE_INFORMATION = Action("read what came after the decision", {"information_coordinator"})
REMIND_PARTNERS = Action("remind partners of what they have not answered", {"information_coordinator"})
SEE_FOLLOW_UPS = Action("see who does what after a decision", SEE_AGENDA.roles, relations=[OWNS])
SEE_OWN_FOLLOW_UPS = Action("see what the own organisation does after a decision", relations=[OWNS])
SEE_WHO_FOLLOWS_UP = Action(
    "see who has yet to do something for a person, to tell a caller whom to ask", {"intake_officer"}
)
REPORT_FOLLOW_UP = Action("report whether a follow-up is done", SEE_AGENDA.roles, relations=[OWNS])
HAND_OVER_FOLLOW_UP = Action("say who of a partner does a follow-up", SEE_AGENDA.roles, relations=[OWNS])
MOVE_FOLLOW_UP = Action("have another partner do a follow-up", SEE_AGENDA.roles, relations=[OWNS])
SAY_WHO_DOES = Action("say that oneself does follow-ups of the own organisation", relations=[OWNS])
SAY_WHO_LEFT = Action("say that somebody does no follow-ups any more", SEE_AGENDA.roles, relations=[OWNS])
DECIDE = Action("record the team's decisions", WEIGHING_TEAM)
CORRECT_LATE = Action("take decisions back after the team's days are over", {"chain_manager"})
CORRECT_UNLED = Action("take decisions back of a briefing that nobody known led", {"information_coordinator"})
CORRECT = Action("correct and withdraw decisions", DECIDE.roles | CORRECT_UNLED.roles | CORRECT_LATE.roles)
SEE_DECISIONS = Action("see what was decided at a briefing", SEE_AGENDA.roles | CORRECT_LATE.roles)
