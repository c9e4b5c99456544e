"""A seat at a briefing: somebody of a partner, or a guest, from one item of the agenda to another."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from services.weighing.house import House
from shared.bounds import Code, Name, Range
from shared.days import HouseDay
from shared.rules import BrokenRule

ItemNumber = Annotated[int, Range(1, 9999)]


class MayNotSit(BrokenRule):
    reason = "is no core or covenant partner of this house: whoever comes from there is a guest"


class PartnerMissing(BrokenRule):
    reason = "is required: a member of the weighing team sits there for a partner"


class EndsBeforeItBegins(BrokenRule):
    reason = "is before the item from which on the seat is taken"


class SeatedTwice(BrokenRule):
    reason = "sits there already at one of these items"


class TwoChairs(BrokenRule):
    reason = "is a second chair at one of these items"


class NoGuest(BrokenRule):
    reason = "goes with a guest: the members of the team have signed the covenant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Somebody at the table. name: of a professional, typed by hand; it stays here, and is in no event and no log.

    partner: for which the person sits there; a guest may sit there for none. guest: heard, and no member of the team.
    non_disclosure_on: the day on which a guest signed that what is said stays there; None as long as it did not.
    from_item, to_item: the first and the last item of the agenda, as they are numbered there; None to the end.
    """

    partner: Code | None = None
    name: Name
    guest: bool = False
    non_disclosure_on: HouseDay | None = None
    chair: bool = False
    from_item: ItemNumber = 1
    to_item: ItemNumber | None = None

    def is_taken_at(self, item: int | None) -> bool:
        """item: its number on the agenda; None for an item that came after the agenda was fixed: it comes last."""
        if item is None:
            return self.to_item is None
        return self.from_item <= item and (self.to_item is None or item <= self.to_item)

    def overlaps(self, other: "Seat") -> bool:
        return self.is_taken_at(max(self.from_item, other.from_item)) and other.is_taken_at(
            max(self.from_item, other.from_item)
        )


def wrong_seats(seats: Sequence[Seat], house: House) -> Iterator[BrokenRule]:
    """Every rule that the seats of a briefing break, by the field to blame."""
    for position, seat in enumerate(seats):
        field = f"seats[{position}]"
        yield from _wrong_partner(f"{field}.partner", seat, house)
        if seat.to_item is not None and seat.to_item < seat.from_item:
            yield EndsBeforeItBegins(f"{field}.toItem")
        if seat.non_disclosure_on and not seat.guest:
            yield NoGuest(f"{field}.nonDisclosureOn")
        before = [earlier for earlier in seats[:position] if earlier.overlaps(seat)]
        if any((earlier.partner, earlier.name) == (seat.partner, seat.name) for earlier in before):
            yield SeatedTwice(f"{field}.name")
        if seat.chair and any(earlier.chair for earlier in before):
            yield TwoChairs(f"{field}.chair")


def partners_at(seats: Collection[Seat], item: int | None) -> tuple[str, ...]:
    """The partners at the table at one item, each once, in the order of the seats."""
    return tuple(dict.fromkeys(seat.partner for seat in seats if seat.partner and seat.is_taken_at(item)))


def missing_for_quorum(partners: Collection[str], house: House) -> list[str]:
    """The partners without which the team does not decide, and that are not there."""
    return sorted(house.must_attend.difference(partners))


def has_quorum(partners: Collection[str], house: House) -> bool:
    """Whether enough core and covenant partners are there, and those that must be."""
    enough = len(house.team_partners.intersection(partners)) >= house.fewest_partners
    return enough and not missing_for_quorum(partners, house)


def _wrong_partner(field: str, seat: Seat, house: House) -> Iterator[BrokenRule]:
    if seat.guest:
        if seat.partner is not None and seat.partner not in house.partners:
            yield MayNotSit(field, "is not a partner of this house")
    elif seat.partner is None:
        yield PartnerMissing(field)
    elif seat.partner not in house.team_partners:
        yield MayNotSit(field)
