"""What partners may tell the house, and the rules that hold whatever it is about.

A statement that keeps its form is a whole object. To find every rule that a statement breaks in spite of a wrong form,
its rules are also asked about the fields that are right; every other field reads as None there. So each function here
takes None, and passes it over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Self

from services.intake.house import PER_SERVICE, QUESTION, House
from shared.rules import BrokenRule


class TooEarly(BrokenRule):
    """The reason names the other day, as its sender knows that field."""


class UnknownPartner(BrokenRule):
    field = "referrer"
    reason = "is not a partner of this house"


class UnknownInstitution(BrokenRule):
    reason = "is not an institution of this house; send other for one that the house does not list"


class MayNotGet(BrokenRule):
    field = "partner"
    reason = "is not a partner of this house that gets this type of message"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Base of everything that a partner tells, by message or through an officer who writes down a call."""

    def broken_rules(self, house: House, today: date) -> Iterator[BrokenRule]:
        """Every rule of the house that the statement breaks, by the field's path on the wire."""
        return iter(())

    def placed(self, house: House) -> Self:
        """The statement with the house's name for each municipality and code for each institution, however spelled."""
        return self


class SentAs(NamedTuple):
    """By what a partner knows a question that it sent."""

    reference: str
    message_id: str
    correlation_id: str


def too_early(field: str, day: date | None, start_field: str, start: date | None) -> Iterator[BrokenRule]:
    """What ends does not end before the day on which it starts."""
    if day is not None and start is not None and day < start:
        yield TooEarly(field, f"is before {start_field}")


def unknown_partner(partner_id: str | None, house: House) -> Iterator[BrokenRule]:
    """A partner that is named is one of the house."""
    if partner_id is not None and partner_id not in house.partners:
        yield UnknownPartner(known=house.partners)


def unknown_institution(field: str, name: str | None, house: House) -> Iterator[BrokenRule]:
    """An institution that is named is one of the house, or `other`."""
    if name is not None and house.institution(name) is None:
        yield UnknownInstitution(field)


def may_get(house: House, partner_id: str, type: str) -> bool:
    """Whether a partner gets this type of message."""
    partner = house.partners.get(partner_id)
    return partner is not None and type in partner.may_get


def who_get(house: House, type: str) -> set[str]:
    """The partners that get this type of message."""
    return {id for id, partner in house.partners.items() if type in partner.may_get}


def hears_questions(house: House, partner_id: str) -> bool:
    """Whether a message asks a partner what it knows; whom none asks, somebody calls."""
    return may_get(house, partner_id, QUESTION) or may_get(house, partner_id, PER_SERVICE)


def user_of_partner(house: House, partner_id: str) -> str:
    """The user of a partner of the house, whatever it gets. Raises MayNotGet."""
    if partner_id not in house.partners:
        raise MayNotGet
    return house.user_of(partner_id)


def recipient(house: House, partner_id: str, type: str) -> str:
    """The user of a partner that gets this type of message. Raises MayNotGet."""
    if not may_get(house, partner_id, type):
        raise MayNotGet
    return house.user_of(partner_id)
