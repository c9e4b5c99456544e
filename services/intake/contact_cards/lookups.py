"""Whom one can call."""

from services.intake.access import SEE_CONTACTS
from services.intake.contact_cards.messages import ContactCardList
from services.intake.contact_cards.store import ContactCardStore
from services.intake.unit import Lookup
from shared.web import Caller, acts_for_house


def contact_cards(caller: Caller, lookup: Lookup) -> ContactCardList:
    """Those of all partners of the house; for people of a partner those of their own organisation."""
    partner = None if acts_for_house(caller, SEE_CONTACTS) else caller.organisation
    return ContactCardList(items=tuple(lookup.store(ContactCardStore).cards(caller.house, partner)))
