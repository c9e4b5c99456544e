"""The house and the partners keep contact cards; nothing is kept of what a card said before."""

from dataclasses import replace
from uuid import UUID

from uuid_utils.compat import uuid7

from services.intake.access import KEEP_CONTACTS
from services.intake.contact_cards.messages import AddContactCard, Card, ContactCard
from services.intake.contact_cards.rules import MOST_CARDS, OtherPartner, TooManyCards, UnknownContactCard
from services.intake.contact_cards.store import ContactCardStore
from services.intake.unit import Unit
from shared.messaging import Rejected, check_version, problem_of
from shared.rules import BrokenRule
from shared.web import Caller, acts_for_house


def add(caller: Caller, card: AddContactCard, unit: Unit) -> ContactCard:
    """Keep the card of somebody of a partner. Raises Rejected, OtherPartner, TooManyCards."""
    if not _keeps(caller, card.partner):
        raise OtherPartner
    _check(*card.broken_rules_in(unit.profile(caller.house)))
    if unit.store(ContactCardStore).count_cards(caller.house, card.partner) >= MOST_CARDS:
        raise TooManyCards
    by, at = caller.name, unit.now()
    kept = ContactCard(contact_card_id=uuid7(), version=1, partner=card.partner, card=card, kept_by=by, kept_at=at)
    return _keep(caller, kept, unit)


def change(caller: Caller, contact_card_id: UUID, card: Card, version: int | None, unit: Unit) -> ContactCard:
    """Put the card in the place of how it was. Raises Rejected, UnknownContactCard, Outdated."""
    before = _to_change(caller, contact_card_id, unit)
    check_version(version, before.version)
    _check(*card.broken_rules())
    right = replace(before, version=before.version + 1, card=card, kept_by=caller.name, kept_at=unit.now())
    return _keep(caller, right, unit)


def remove(caller: Caller, contact_card_id: UUID, unit: Unit) -> None:
    """Keep nothing of somebody who left. Raises UnknownContactCard."""
    unit.store(ContactCardStore).remove_card(_to_change(caller, contact_card_id, unit).contact_card_id)


def _keep(caller: Caller, kept: ContactCard, unit: Unit) -> ContactCard:
    unit.concerns("contact-cards", kept.contact_card_id)
    unit.store(ContactCardStore).keep_card(caller.house, kept)
    return kept


def _to_change(caller: Caller, contact_card_id: UUID, unit: Unit) -> ContactCard:
    found = unit.store(ContactCardStore).card_to_change(caller.house, contact_card_id)
    if found is None or not _keeps(caller, found.partner):
        raise UnknownContactCard
    unit.concerns("contact-cards", contact_card_id)
    return found


def _keeps(caller: Caller, partner: str) -> bool:
    """Whether the caller keeps this partner's cards: for the house, or as the contact of its own organisation."""
    return acts_for_house(caller, KEEP_CONTACTS) or caller.organisation == partner


def _check(*broken: BrokenRule) -> None:
    """Raises Rejected with everything that is wrong."""
    if broken:
        raise Rejected(*map(problem_of, broken))
