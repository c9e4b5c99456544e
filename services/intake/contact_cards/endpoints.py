"""Contact cards, over HTTP."""

from uuid import UUID

from services.intake.access import KEEP_CONTACTS, SEE_CONTACTS
from services.intake.contact_cards import handlers, lookups
from services.intake.contact_cards.messages import (
    AddContactCard,
    ChangeContactCard,
    ContactCard,
    ContactCardList,
    KeptContactCard,
)
from services.intake.unit import Lookup, Unit
from shared.web import Call, command, lookup


@lookup(action=SEE_CONTACTS, gives=ContactCardList)
def list_contact_cards(call: Call[None], unit: Lookup) -> ContactCardList:
    """Who of the partners can be called, and when; for people of a partner who of their own organisation."""
    return lookups.contact_cards(call.caller, unit)


@command(action=KEEP_CONTACTS, takes=AddContactCard, gives=KeptContactCard, status=201, keyed=True)
def add_contact_card(call: Call[AddContactCard], unit: Unit) -> KeptContactCard:
    """Keep how somebody of a partner is reached; a partner has at most four cards."""
    return _kept(handlers.add(call.caller, call.input, unit))


@command(action=KEEP_CONTACTS, takes=ChangeContactCard, gives=KeptContactCard, versioned=True)
def change_contact_card(call: Call[ChangeContactCard], unit: Unit, contact_card_id: UUID) -> KeptContactCard:
    """Change how somebody of a partner is reached. Nothing is kept of how it was."""
    return _kept(handlers.change(call.caller, contact_card_id, call.input, call.version, unit))


@command(action=KEEP_CONTACTS)
def remove_contact_card(call: Call[None], unit: Unit, contact_card_id: UUID) -> None:
    """Remove the card of somebody who left, or who is called no more. Nothing is kept of it."""
    handlers.remove(call.caller, contact_card_id, unit)


def _kept(card: ContactCard) -> KeptContactCard:
    return KeptContactCard(contact_card_id=card.contact_card_id, version=card.version)
