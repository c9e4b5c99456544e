"""Who may do what in weighing. A caller acts for its own house alone."""

from shared.web.access import Action, Relation

WEIGHING_TEAM = {"weighing_team"}

REFERRED = Relation("referred", {"municipal_contact", "case_holder", "participant", "zsm_desk"})
"""The partner brought a referral."""
ASKED = Relation("asked", {"municipal_contact"})
"""The partner is asked what it knows of the subject of a referral."""

SEE_AGENDA = Action("see the agenda and its referrals", WEIGHING_TEAM | {"information_coordinator"})
PLAN_BRIEFING = Action("move, cancel and add briefings", WEIGHING_TEAM | {"information_coordinator"})
LEAD_BRIEFING = Action("open and settle a briefing", WEIGHING_TEAM)
SEE_CASE = Action("see a case", SEE_AGENDA.roles, relations=[REFERRED, ASKED])
SEE_QUESTIONS = Action("see what the own organisation is asked", relations=[ASKED])
ASK_PARTNERS = Action("ask a partner about a referral", {"information_coordinator"})
DECIDE = Action("record the team's decisions", WEIGHING_TEAM)
