"""Pairs of records, in the desk's words for each of intake's codes."""

from desk.language import lazy

STATES = {
    "proposed": lazy("to decide"),
    "merged": lazy("one person"),
    "separation_asked": lazy("separation to confirm"),
    "separated": lazy("separated"),
    "kept_apart": lazy("two people"),
}
BANDS = {"sure": lazy("very likely one"), "ask": lazy("possibly one"), "new": lazy("rather two")}
SIGNS = {"sure": "ok", "ask": "warning", "new": "neutral"}
FIELDS = {
    "familyName": lazy("Family name"),
    "givenNames": lazy("Given names"),
    "birthDate": lazy("Birth date"),
    "sex": lazy("Sex"),
    "bsn": lazy("BSN"),
    "identifiers": lazy("Other numbers"),
    "municipality": lazy("Municipality"),
    "members": lazy("Members"),
}
"""What is compared, in the order in which a page shows it."""
FINDINGS = {
    "agree": (lazy("the same"), "ok"),
    "alike": (lazy("alike"), "info"),
    "differ": (lazy("differs"), "warning"),
    "unknown": (lazy("not known of both"), "neutral"),
}
"""What is said of a field, and its sign."""
SEXES = {"man": lazy("man"), "woman": lazy("woman"), "unknown": lazy("not known")}
DECISIONS = {
    "merge": lazy("Merged"),
    "keep_apart": lazy("Kept apart"),
    "ask_separation": lazy("Asked for a separation"),
    "separate": lazy("Separated"),
    "stay_merged": lazy("Left merged"),
    "take_back": lazy("Took the decision back"),
}
BUTTONS = {
    "proposed": {"merge": lazy("Merge: one person"), "keep_apart": lazy("Not the same")},
    "merged": {"ask_separation": lazy("Ask to separate them")},
    "separation_asked": {"separate": lazy("Confirm: separate them"), "stay_merged": lazy("Leave them merged")},
    "kept_apart": {"take_back": lazy("Take this decision back")},
    "separated": {"take_back": lazy("Take this decision back")},
}
"""What can be decided on a pair, by its state."""
REFUSALS = {
    "outdated": lazy("Somebody else has decided meanwhile. Look at the page as it is now."),
    "not_in_this_state": lazy("Somebody else has decided meanwhile. Look at the page as it is now."),
    "merged_already": lazy("These two are one person already, through another record."),
    "kept_apart": lazy("One of their records was kept apart from the other person. Take that decision back first."),
    "same_record": lazy("Choose two records."),
    "person_and_family": lazy("A person and a family are never one."),
    "second_person_needed": lazy("You asked for this separation: somebody else must confirm it."),
}
