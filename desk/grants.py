"""To whom the services grant what the desk offers, by service and action; nobody is offered what a service refuses.

A test holds each to the `access.py` of its service, which decides.
"""

from collections.abc import Mapping

GRANTS: Mapping[str, frozenset[str]] = {
    "aftercare.EXPLAIN_TRAJECTORY": frozenset({"aftercare_coordinator"}),
    "aftercare.REPORT_CONVERSATION": frozenset({"aftercare_coordinator"}),
    "aftercare.SEE_WHO_GUIDES": frozenset({"intake_officer"}),
    "intake.ADVISE_MAYOR": frozenset({"process_director", "aftercare_coordinator"}),
    "intake.ASK_BIJ": frozenset({"bij_mandate"}),
    "intake.DECIDE_IDENTITY": frozenset({"intake_officer"}),
    "intake.FORGET": frozenset({"intake_officer", "privacy_officer"}),
    "intake.GIVE_FEEDBACK": frozenset({"intake_officer", "information_coordinator"}),
    "intake.KEEP_CONTACTS": frozenset(
        {"intake_officer", "information_coordinator", "municipal_contact", "partner_contact", "participant"}
    ),
    "intake.REGISTER_REFERRAL": frozenset({"intake_officer"}),
    "intake.RELATE": frozenset({"intake_officer"}),
    "intake.SEAL": frozenset({"theme_role"}),
    "intake.SEE_BIJ": frozenset({"bij_mandate", "process_director", "aftercare_coordinator"}),
    "intake.SEE_CONTACTS": frozenset(
        {
            *("weighing_team", "information_coordinator", "process_director", "aftercare_coordinator"),
            *("intake_officer", "municipal_contact", "partner_contact", "participant"),
        }
    ),
    "intake.SEE_DISCLOSURES": frozenset({"privacy_officer"}),
    "intake.SEE_SEALED": frozenset({"theme_role"}),
    "intake.SEE_WHETHER_DISCUSSED": frozenset({"zsm_desk"}),
    "intake.SORT_CONTACT": frozenset({"intake_officer"}),
    "meetings.ANSWER_REPEAT": frozenset({"process_director", "case_holder"}),
    "meetings.READ_LATE_INFORMATION": frozenset({"process_director", "case_holder"}),
    "meetings.SEE_TABLE_CASES": frozenset({"process_director"}),
    "meetings.SEE_WHO_HAS_CASE": frozenset({"intake_officer"}),
    "meetings.WRITE_ADVICE": frozenset({"process_director", "case_holder"}),
    "reporting.SEE_OPERATIONS": frozenset({"operator", "parking_officer"}),
    "weighing.ASK_PARTNERS": frozenset({"information_coordinator"}),
    "weighing.CORRECT": frozenset({"weighing_team", "information_coordinator", "chain_manager"}),
    "weighing.DECIDE": frozenset({"weighing_team"}),
    "weighing.SEE_AGENDA": frozenset({"weighing_team", "information_coordinator"}),
    "weighing.SEE_DECISIONS": frozenset({"weighing_team", "information_coordinator", "chain_manager"}),
    "weighing.SEE_FOLLOW_UPS": frozenset(
        {"weighing_team", "information_coordinator", "municipal_contact", "case_holder", "participant"}
    ),
    "weighing.SEE_REQUESTS": frozenset({"information_coordinator", "municipal_contact", "partner_contact"}),
    "weighing.SEE_WHO_FOLLOWS_UP": frozenset({"intake_officer"}),
}
