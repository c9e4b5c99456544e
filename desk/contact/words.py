"""What reaches the house, and what is wrong with it, in the desk's words by the code of the service."""

from desk.language import lazy

CHANNELS = {
    "message": lazy("By message"),
    "phone": lazy("By phone"),
    "mail": lazy("By mail"),
    "in_person": lazy("In person"),
}
CONSENT = {"not_asked": lazy("Not asked"), "yes": lazy("Yes"), "no": lazy("No")}
SORTED_AS = {
    "referral": lazy("Referral"),
    "information_question": lazy("Information question: who else is involved?"),
    "consultation": lazy("Consultation, anonymous: whom it is about is not kept"),
    "contact_request": lazy("Connect me with somebody"),
    "rerouted": lazy("Sent elsewhere"),
}
STATES = {
    "received": lazy("to be sorted"),
    "sorted": lazy("sorted"),
    "answered": lazy("answered"),
    "duplicate": lazy("the same as another"),
    "withdrawn": lazy("withdrawn"),
}
WARNINGS = {
    "nine_digits_in_text": lazy("Nine digits stand in the text. A consultation is anonymous: are they of a person?"),
    "known_name_in_text": lazy(
        "A name stands in the text that the house knows. A consultation is anonymous: is it of a person?"
    ),
}
"""What the person can confirm."""
REASONS = {
    "bsn_in_text": lazy("A BSN has a field of its own: do not write it in a text."),
    "bsn": lazy("This is no BSN: nine digits, of which one seems to be wrong."),
    "not_a_bsn": lazy("This is no BSN: nine digits, of which one seems to be wrong."),
    "in_future": lazy("This day is yet to come."),
    "before_house_began": lazy("This day is before the house began."),
    "not_a_possible_day": lazy("Nobody can be born then."),
    "too_long": lazy("This text is too long."),
    "unknown_partner": lazy("The house does not know this partner any more. Choose another one."),
    "unknown_municipality": lazy("The house does not know this municipality. Choose another one."),
    "nobody_described": lazy("Say whom the referral is about."),
    "no_municipality": lazy("Choose the municipality: it decides which briefing weighs the referral."),
    "no_referrer": lazy("Choose the partner that refers, or say of which organisation the caller is."),
    "members_of_person": lazy("Only a family or group has members: choose above which of the two it is."),
    "no_destination": lazy("Choose where the caller was sent."),
    "required": lazy("This is needed."),
    "no_ground": lazy("Nobody is sent there without agreeing: say that the person agrees, or why it goes without."),
    "nothing_asked": lazy("There is nothing to answer any more: it was sorted otherwise meanwhile."),
    "answered_otherwise": lazy("Somebody else has answered meanwhile: say what was wrong with that answer."),
    "before_question": lazy("This day is before the day of the question."),
    "asked_by_message": lazy(
        "A partner asked this by message and waits for an answer: answer it, or sort it otherwise."
    ),
    "duplicate_of_others": lazy("This is of another organisation: who asked by message gets an answer of its own."),
    "not_by_message": lazy("Only what a partner's system sent came by message."),
    "not_urgent": lazy("Say that it can't wait, or leave this empty."),
    "unknown_organisation": lazy("The house does not know one of these any more. Choose again."),
    "unknown_measure": lazy("The house does not know this measure any more. Choose another one."),
    "too_early": lazy("The last day is before the first."),
    "no_reason": lazy("Say why you change what was sorted."),
    "unknown_kind": lazy("The house does not know this kind of referral. Choose another one."),
    "already_weighed": lazy("It is on its way to a briefing already."),
    "newer_text": lazy("Its sender told it otherwise meanwhile: read what stands above now, and say it again."),
    "not_held_back": lazy("Nobody needs to say so any more: it was withdrawn, or is weighed."),
    "is_referral": lazy("This became a referral meanwhile."),
    "is_withdrawn": lazy("This was withdrawn meanwhile."),
    "outdated": lazy("Somebody else has changed this meanwhile: it stands above. Send your form again if it is right."),
    **WARNINGS,
}
