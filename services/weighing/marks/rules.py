"""What a coordinator notes about a referral that waits, so that the briefing goes faster."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from services.weighing.referrals.rules import Referral
from shared.rules import BrokenRule, Contradiction


class NotWaiting(Contradiction):
    field = "referralId"
    reason = "is not on the agenda of any briefing: the team has decided"


class LinkedWithItself(BrokenRule):
    reason = "is the referral itself"


class CannotBeLinked(BrokenRule):
    reason = "is not a referral of this sub-region that waits for a decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Of one referral at one tabling. linked_with: referrals of one subject or family, or linked by hand: they are
    discussed together. settled_beforehand: why all is arranged already; None if it is not.
    """

    referral_id: UUID
    urgent: bool = False
    linked_with: tuple[UUID, ...] = ()
    settled_beforehand: str | None = None


def broken_links(
    referral: Referral, linked_with: Sequence[UUID], known: Mapping[UUID, Referral]
) -> Iterator[BrokenRule]:
    """Each link that cannot be, by its position. known: the referrals of the house among these."""
    for position, other_id in enumerate(linked_with):
        field, other = f"linkedWith[{position}]", known.get(other_id)
        if other_id == referral.referral_id:
            yield LinkedWithItself(field)
        elif other is None or other.sub_region != referral.sub_region or other.table_on is None:
            yield CannotBeLinked(field)


class Noted(NamedTuple):
    """What of a referral's mark its place on an agenda follows from."""

    urgent: bool
    settled: bool
    linked_with: Sequence[UUID]


class Discussed(NamedTuple):
    """A referral that comes up at a briefing. person: the same for all records of one person."""

    referral: Referral
    person: UUID
    noted: Noted


def in_order(items: Sequence[Discussed], relations: Iterable[tuple[UUID, UUID]] = ()) -> list[Referral]:
    """What is urgent first, what is settled beforehand last, in order of receipt. Referrals of one person or family, or
    linked by hand, stand together, where the first of them would stand. relations: between people and families.
    """
    people = {item.referral.referral_id: item.person for item in items}
    by_hand = [(item.person, people[id]) for item in items for id in item.noted.linked_with if id in people]
    groups, blocks = _groups([*relations, *by_hand]), defaultdict[tuple[bool, UUID], list[Discussed]](list)
    for item in items:
        blocks[item.noted.settled, groups.get(item.person, item.person)].append(item)
    ordered = sorted((sorted(block, key=_place) for block in blocks.values()), key=_place_of_block)
    return [item.referral for block in ordered for item in block]


def _groups(links: Iterable[tuple[UUID, UUID]]) -> dict[UUID, UUID]:
    """The same id for all that are linked, over others too."""
    groups: dict[UUID, frozenset[UUID]] = {}
    for one, other in links:
        joined = groups.get(one, frozenset({one})) | groups.get(other, frozenset({other}))
        groups |= dict.fromkeys(joined, joined)
    return {id: min(group) for id, group in groups.items()}


def _place(item: Discussed) -> tuple[bool, date, UUID]:
    return not item.noted.urgent, item.referral.received_on, item.referral.referral_id


def _place_of_block(block: Sequence[Discussed]) -> tuple[bool, bool, date, UUID]:
    """block: in its own order, what is urgent first."""
    urgent = block[0].noted.urgent
    return block[0].noted.settled, not urgent, *min(_place(item)[1:] for item in block)
