"""Contact cards, as people keep and see them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from services.intake.contact_cards.rules import NoWayToReach
from services.intake.house import House
from services.intake.partners.rules import UnknownPartner, too_early
from shared.bounds import Code, Length, Line, Name, Pattern
from shared.days import PlannedDay
from shared.rules import BrokenRule

MOST_LISTED = 1000
PhoneNumber = Annotated[
    str,
    Length(3, 40),
    Pattern("^[+(]?[0-9][0-9 ()./-]*$", "not_a_phone_number", "Must be digits, with spaces and + ( ) . / - at most."),
]
MailAddress = Annotated[
    str, Length(5, 254), Pattern("^[^@ ]+@[^@ ]+[.][^@ ]+$", "not_a_mail_address", "Must be an address like a@b.nl.")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """`firstDay`, `lastDay`: when somebody is on leave. `standIn`: who takes over, by name and phone number."""

    first_day: PlannedDay
    last_day: PlannedDay
    stand_in: Line | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """How a person of a partner is reached, by `phone` or by `mail`."""

    name: Name
    function: Name | None = None
    phone: PhoneNumber | None = None
    mail: MailAddress | None = None
    hours: Line | None = None
    away: Away | None = None

    def broken_rules(self) -> Iterator[BrokenRule]:
        """Every rule that the card breaks by itself."""
        if not (self.phone or self.mail):
            yield NoWayToReach()
        if self.away:
            yield from too_early("away.lastDay", self.away.last_day, "away.firstDay", self.away.first_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddContactCard(Card):
    """`partner`: whose card it is."""

    partner: Code

    def broken_rules_in(self, house: House) -> Iterator[BrokenRule]:
        """Every rule that it breaks in a house."""
        if self.partner not in house.partners:
            yield UnknownPartner("partner", known=house.partners)
        yield from self.broken_rules()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeContactCard(Card):
    """The card as it should be; how it was is not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactCard:
    """A card as it stands. `card`: what it says. `keptBy`, `keptAt`: who changed it last, and when."""

    contact_card_id: UUID
    version: int
    partner: str
    card: Card
    kept_by: str
    kept_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactCardList:
    """By partner, and of each the oldest first. People of a partner see those of their own organisation."""

    items: Annotated[tuple[ContactCard, ...], Length(most=MOST_LISTED)]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptContactCard:
    """A card that was added or changed."""

    contact_card_id: UUID
    version: int
