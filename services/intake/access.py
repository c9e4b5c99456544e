"""Who may do what in intake. A caller acts for its own house alone."""

from shared.web.access import Action

MAY_SEE = {"weighing_team", "information_coordinator", "process_director", "aftercare_coordinator", "intake_officer"}

REGISTER_REFERRAL = Action("register a referral", {"intake_officer"})
DECIDE_IDENTITY = Action("decide whom a referral is about", {"intake_officer"})
SEE_REFERRAL = Action("see how a referral is registered", MAY_SEE)
SEE_SUBJECT = Action("see who a subject is", MAY_SEE)
