"""What partners may tell the house, and the rules that hold whatever it is about.

A statement that keeps its form is a whole object. To find every rule that a statement breaks in spite of a wrong form,
its rules are also asked about the fields that are right; every other field reads as None there. So each function here
takes None, and passes it over.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from services.intake.house import House
from shared.bounds import Check, Length
from shared.rules import BrokenRule

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""All but those of layout: tab, line feed, carriage return."""


def is_visible(text: str) -> bool:
    return bool(text.strip())


def is_printable(text: str) -> bool:
    return not CONTROL.search(text)


WRITTEN = (Check(is_visible, "Must not be blank."), Check(is_printable, "Must not hold control characters."))
Code = Annotated[str, Length(1, 64), *WRITTEN]
"""A code, a number, or a partner's own reference."""
Name = Annotated[str, Length(1, 100), *WRITTEN]
"""A name of a person, a municipality or an institution."""
Line = Annotated[str, Length(1, 500), *WRITTEN]
Paragraphs = Annotated[str, Length(1, 2000), *WRITTEN]
Story = Annotated[str, Length(1, 10_000), *WRITTEN]


class InFuture(BrokenRule):
    reason = "is in the future"


class TooEarly(BrokenRule):
    """The reason names the other day, as its sender knows that field."""


class UnknownPartner(BrokenRule):
    field = "referrer"
    reason = "is not a partner of this house"


class MayNotGet(BrokenRule):
    field = "partner"
    reason = "is not a partner of this house that gets this type of message"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Base of everything that a partner tells, by message or through an officer who writes down a call."""

    def broken_rules(self, house: House, today: date) -> Iterator[BrokenRule]:
        """Every rule of the house that the statement breaks, by the field's path on the wire."""
        return iter(())


def in_future(field: str, day: date | None, today: date) -> Iterator[BrokenRule]:
    """What has happened does not lie in the future."""
    if day is not None and day > today:
        yield InFuture(field)


def too_early(field: str, day: date | None, start_field: str, start: date | None) -> Iterator[BrokenRule]:
    """What ends does not end before the day on which it starts."""
    if day is not None and start is not None and day < start:
        yield TooEarly(field, f"is before {start_field}")


def unknown_partner(partner_id: str | None, house: House) -> Iterator[BrokenRule]:
    """A partner that is named is one of the house."""
    if partner_id is not None and partner_id not in house.partners:
        yield UnknownPartner()


def recipient(house: House, partner_id: str, type: str) -> str:
    """The user of a partner that gets this type of message. Raises MayNotGet."""
    partner = house.partners.get(partner_id)
    if partner is None or type not in partner.may_get:
        raise MayNotGet
    return house.user_of(partner_id)
