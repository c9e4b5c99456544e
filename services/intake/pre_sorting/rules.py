"""A person says whether a referral that was held back is worrying."""

from shared.rules import Contradiction


class NotHeldBack(Contradiction):
    field = "referralId"
    reason = "waits for nobody to say whether it is worrying, or was withdrawn"


class NewerText(Contradiction):
    field = "version"
    reason = "is not the current version: its sender told it otherwise; read the referral again"


class AlreadyWeighed(Contradiction):
    field = "worrying"
    reason = "is on its way to a briefing already, which decides on it"
