"""What waits, in the desk's words, by the kind that a service names."""

from desk.language import lazy

KINDS = {
    "briefing": lazy("Decide at the briefing"),
    "briefing_to_settle": lazy("Settle the briefing"),
    "information_overdue": lazy("A partner has not answered in time"),
    "contact_moment": lazy("Sort what reached the house"),
    "caller_to_answer": lazy("Answer somebody who asked something"),
    "held_back": lazy("Say whether a referral is worrying"),
    "match": lazy("See whether two records are of one person"),
    "separation": lazy("Confirm that two records are of two people"),
    "forgetting": lazy("Confirm that somebody is forgotten, or keep them"),
    "identity_conflict": lazy("Decide whom a referral is about"),
    "feedback_owed": lazy("Tell a referrer what was decided"),
    "monitoring_moment": lazy("Ask the case holder whether the plan still stands"),
    "table_case_without_session": lazy("Plan a session"),
    "preparation_missing": lazy("Prepare a release"),
    "breach_open": lazy("Released without a plan: see to it"),
    "breach_disputed": lazy("Released without a plan: confirm that it was none"),
    "information_request": lazy("Answer what the house asks"),
    "plan_question": lazy("Say whether the plan still stands"),
    "bij_question": lazy("Answer a BIJ question"),
    "suspect_lists_stopped": lazy("The daily list of suspects comes no more: ask ZSM"),
    "suspect": lazy("Somebody at a table has a case at ZSM: write an advice"),
    "repeat_question": lazy("Say whether the plan still stands after another referral"),
    "repeat_unanswered": lazy("Ask whether the plan still stands after another referral"),
    "late_information": lazy("Read what a partner told after the decision"),
    "late_answer": lazy("Read what a partner told after the decision"),
    "late_running_there": lazy("After the decision a partner said that the case runs there: see to it"),
    "decision_corrected": lazy("See what becomes of a case that was brought to a table by mistake"),
    "meeting_wanted": lazy("Plan a session: the plan is overtaken"),
    "agreement": lazy("Do what was agreed in a plan"),
    "trajectory_wanted": lazy("Start a voluntary trajectory"),
    "trajectory_not_started": lazy("Start a voluntary trajectory that is said to be done, or say why not"),
    "conversation": lazy("Hold a conversation in prison, and report it"),
    "trajectory": lazy("Carry out a trajectory, and report how it goes"),
    "follow_up": lazy("Do what was agreed at a briefing, and report it"),
    "parked_messages": lazy("Messages wait for an operator"),
}
OTHER = lazy("Something else")
SERVICES = {
    "intake": lazy("Intake"),
    "weighing": lazy("Weighing"),
    "meetings": lazy("Meetings"),
    "aftercare": lazy("Aftercare"),
    "reporting": lazy("Reporting"),
}
