"""How far a briefing is, and what is wrong with a step, in the desk's words, by the code of the service."""

from desk.language import lazy

STATES = {
    "planned": (lazy("planned"), "neutral"),
    "prepared": (lazy("prepared"), "info"),
    "held": (lazy("held"), "info"),
    "settled": (lazy("settled"), "ok"),
    "cancelled": (lazy("cancelled"), "error"),
}
"""By state: its name and its sign."""
PROGRESS = {
    "waiting": (lazy("nothing decided"), "warning"),
    "decided": (lazy("decided"), "ok"),
    "moved": (lazy("moved"), "neutral"),
}
REASONS = {
    "day_over": lazy("This day is over. Choose today or a later day."),
    "not_a_working_day": lazy("This is a Saturday, a Sunday or a holiday. Choose a working day."),
    "two_on_one_day": lazy("There is another briefing of this sub-region on this day already."),
    "too_far_ahead": lazy("Choose a day within five years."),
    "briefing_held": lazy("The team has decided at this briefing already."),
    "briefing_cancelled": lazy("This briefing was cancelled."),
    "briefing_settled": lazy("This briefing is settled. Take that back first."),
    "nothing_to_take_back": lazy("There is nothing to take back."),
    "unknown_briefing": lazy("There is no briefing of this sub-region on this day any more."),
    "in_future": lazy("The briefing is yet to be held."),
    "no_chair": lazy("Write down who leads the briefing."),
    "no_quorum": lazy("Too few partners are there, or not those who must be."),
    "not_held": lazy("The briefing is not open."),
    "items_left": lazy("Nothing was decided on some referrals: decide, or carry them over."),
    "follow_ups_left": lazy("Of some decisions nothing follows yet: correct those that are marked below."),
    "not_on_agenda": lazy("This referral does not wait at this briefing any more."),
    "not_waiting": lazy("The team has decided on this referral."),
    "blank": lazy("Fill in a name."),
    "too_short": lazy("Fill in a name."),
    "partner_missing": lazy("Choose a partner, or tick that this is a guest."),
    "may_not_sit": lazy("This partner does not sit in the weighing team. Tick that this is a guest."),
    "ends_before_it_begins": lazy("The last item comes before the first one."),
    "seated_twice": lazy("This person sits there already."),
    "two_chairs": lazy("Somebody else leads the briefing at these items."),
    "no_guest": lazy("Only guests sign non-disclosure: tick that this is a guest, or leave the day empty."),
    "bsn_in_text": lazy("Leave the citizen number out."),
    "outdated": lazy("Somebody else has changed this briefing meanwhile. Load the page again, and change it there."),
}
SEAT_REASONS = REASONS | {
    "in_future": lazy("This day is yet to come."),
    "before_house_began": lazy("This day is before the house began."),
}
