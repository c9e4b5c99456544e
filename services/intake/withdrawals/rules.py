"""A sender withdraws a referral: it was sent by mistake, or is overtaken."""

from shared.rules import BrokenRule


class NotYours(BrokenRule):
    field = "data.referralId"
    reason = "is not a referral of yours"


class IsDetention(BrokenRule):
    reason = "is a detention notice, which is not withdrawn; send the notice again with what is right"


def check_kind(kind: str, field: str) -> None:
    """Raises IsDetention: aftercare follows the detention, whether or not a briefing weighs the notice."""
    if kind == "detention_notice":
        raise IsDetention(field)
