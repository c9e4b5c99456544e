"""Who may do what in weighing. A caller acts for its own house alone."""

from shared.web.access import Action

WEIGHING_TEAM = {"weighing_team"}

SEE_AGENDA = Action("see the agenda and its referrals", WEIGHING_TEAM | {"information_coordinator"})
DECIDE = Action("record the team's decisions", WEIGHING_TEAM)
