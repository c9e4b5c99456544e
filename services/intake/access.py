"""Who may do what in intake. A caller acts for its own house alone."""

from shared.web.access import Action, Relation

MAY_SEE = {"weighing_team", "information_coordinator", "process_director", "aftercare_coordinator", "intake_officer"}

ASKED = Relation("asked", {"municipal_contact", "partner_contact"})
"""The partner is asked what it knows of a subject, and was told who that is."""

WROTE = Relation("wrote", {"municipal_contact", "partner_contact", "case_holder", "participant", "zsm_desk"})
"""The partner wrote the text itself."""

HOLDS = Relation("holds", {"case_holder"})
"""The partner holds the case at a table."""

MANDATED = Relation("mandated", {"bij_mandate"})
"""The partner answers for a municipality, and the person gets its BIJ notices."""
CONTACT_OF = Relation("contact of", {"municipal_contact", "partner_contact", "participant"})
"""The person works at the partner, and says who of it can be called."""
PROSECUTES = Relation("prosecutes", {"zsm_desk"})
"""The partner sends lists of suspects."""

REGISTER_REFERRAL = Action("register a referral", {"intake_officer"})
DECIDE_IDENTITY = Action("decide whom a referral is about", {"intake_officer"})
RELATE = Action("record who belongs with whom", {"intake_officer"})
PRE_SORT = Action("say whether a referral is worrying", {"intake_officer", "information_coordinator"})
SORT_CONTACT = Action("record and sort what reached the house by phone, by mail or in person", {"intake_officer"})
GIVE_FEEDBACK = Action(
    "tell referrers what was decided, and record that", {"intake_officer", "information_coordinator"}
)
ANSWER = Action("answer what partners are asked", {"information_coordinator"}, relations=[ASKED])
SEE_REFERRAL = Action("see how a referral is registered", MAY_SEE | {"theme_role"})
SEE_SUBJECT = Action("see who a subject is", MAY_SEE)
SEE_NAMES = Action("see who subjects are", MAY_SEE, relations=[ASKED])
SEE_TEXTS = Action("see what was written about somebody", MAY_SEE, relations=[WROTE, HOLDS])
SEE_SEALED = Action("see the sealed referrals of the theme", {"theme_role"})
SEAL = Action("seal and unseal referrals", {"theme_role"})
SEE_DISCLOSURES = Action("see who saw what of a case", {"privacy_officer"})
FORGET = Action("ask and confirm that somebody is forgotten", {"intake_officer", "privacy_officer"})
SEE_WHETHER_DISCUSSED = Action("see whether the house discusses somebody", relations=[PROSECUTES])
WATCH_LISTS = Action("see whose lists of suspects stopped", {"process_director", "information_coordinator"})
ASK_BIJ = Action("ask the house on a BIJ notice", relations=[MANDATED])
ADVISE_MAYOR = Action("answer BIJ questions", {"process_director", "aftercare_coordinator"})
SEE_BIJ = Action("see BIJ questions", ADVISE_MAYOR.roles, relations=[MANDATED])
SEE_CONTACTS = Action("see who of the partners can be called", MAY_SEE, relations=[CONTACT_OF])
KEEP_CONTACTS = Action(
    "keep who of the partners can be called", {"intake_officer", "information_coordinator"}, relations=[CONTACT_OF]
)
