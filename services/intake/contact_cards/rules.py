"""A contact card says how a person of a partner is reached. A partner has a few; whoever leaves has none any more."""

from shared.rules import BrokenRule, Contradiction, NotAllowed, UnknownObject

MOST_CARDS = 4


class UnknownContactCard(UnknownObject):
    field = "contactCardId"
    reason = "is not a contact card that you may keep"


class OtherPartner(NotAllowed):
    field = "partner"
    reason = "is not your organisation, whose contact cards you keep"


class TooManyCards(Contradiction):
    field = "partner"
    reason = f"has {MOST_CARDS} contact cards already; remove the card of somebody who left first"


class NoWayToReach(BrokenRule):
    field = "phone"
    reason = "is needed, or else mail: how this person is reached"
