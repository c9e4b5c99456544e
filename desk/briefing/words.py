"""What is wrong with a decision, in the desk's words, by the code of the service."""

from desk.language import lazy

ALREADY_WEIGHED = "already_weighed"
DECIDED_MEANWHILE = "decided_meanwhile"
USED_BEFORE = "key_used_before"
REASONS = {
    "unknown_code": lazy("The house does not know this any more. Choose another one."),
    "ground_not_in_force": lazy("This ground was not in force on the day of the briefing."),
    "in_future": lazy("The briefing is yet to be held."),
    "before_receipt": lazy("The referral was received after this briefing."),
    "not_on_agenda": lazy("The referral is not on the agenda of this briefing."),
    "no_briefing_day": lazy("There is no briefing of this sub-region on this day."),
    "too_few_partners": lazy("Too few core or covenant partners are at the table."),
    "needed_partner_absent": lazy("A partner without which the team decides nothing is not at the table."),
    "municipality_not_taken": lazy("That table takes no cases from this municipality."),
    "age_not_taken": lazy("That table takes nobody of this age."),
    "family_not_taken": lazy("That table takes no families."),
    "reason_missing": lazy("Choose a reason."),
    "reason_not_asked": lazy("This decision has no reason. Choose none."),
    "return_not_asked": lazy("The referral does not come back for this reason. Leave the day empty."),
    "return_too_early": lazy("Choose a day after the briefing."),
    "return_too_late": lazy("Choose a day within a year."),
    "too_far_ahead": lazy("Choose a day within a year."),
    "ground_missing": lazy("Say that the client agrees to go there, or why it goes without."),
    "destination_missing": lazy("Say where the referral belongs."),
    "destination_not_asked": lazy("The referral goes nowhere else for this reason. Choose none."),
    "addressee_missing": lazy("Say to whom the team escalates."),
    "addressee_not_asked": lazy("Nothing is escalated by this decision. Choose none."),
    "criterion_twice": lazy("Choose one finding on each criterion."),
    "client_not_asked": lazy("The client is weighed with a decision that brings the case to a table. Choose nothing."),
    "contra_indication_twice": lazy("This is named already."),
    "criteria_missing": lazy("Choose at least one criterion that is met."),
    "not_asked": lazy("Choose only partners that are at the table, or that were asked and answered."),
    "not_answered": lazy("Choose only partners that are at the table, or that were asked and answered."),
    "platform_not_asked": lazy(
        "Another platform has not said whether it has the case. Wait for it, or go on with a reason."
    ),
    "running_elsewhere": lazy("Another platform has the case. Decide otherwise, or go on with a reason."),
    "not_overridden": lazy("It holds already."),
    "required": lazy("This is needed."),
    "follow_up_missing": lazy("Say who does what until when."),
    "follow_up_twice": lazy("This follow-up is named already."),
    "missing": lazy("This is needed with this follow-up."),
    "same_partner": lazy("Choose another partner than the one that does it."),
    "due_before_briefing": lazy("Choose a day after the briefing."),
    "due_over": lazy("This day is over. Choose a day that is to come."),
    "no_working_day": lazy("Choose a working day."),
    "unknown_referral": lazy("The house does not know this referral any more."),
    "unknown_decision": lazy("This decision counts no longer: it was withdrawn."),
    "correction_too_late": lazy("The days in which the team may correct this are over. Ask the chain manager."),
    "for_the_chair": lazy(
        "Whoever led the briefing corrects this, or the information coordinator if nobody known here did."
    ),
    "for_the_team": lazy("The weighing team corrects this."),
    "decided_again": lazy("The team has decided on this referral again since. Withdraw that decision first."),
    ALREADY_WEIGHED: lazy("Somebody else has recorded a decision on this referral."),
    USED_BEFORE: lazy("Something of this form was recorded already. Look at the decisions below, and send the rest."),
}
