"""Records of one person are the groups that links connect: A with B and B with C make one group of three."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from shared.rules import BrokenRule


class SameRecord(BrokenRule):
    reason = "is the record itself: a link has two ends"


def check_two(one: UUID, other: UUID, field: str) -> None:
    """Raises SameRecord, blaming this field."""
    if one == other:
        raise SameRecord(field)


def one_id_each(links: Iterable[tuple[UUID, UUID]]) -> Mapping[UUID, UUID]:
    """For each linked id the least id of its group: the same for all ids of one person."""
    neighbours: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for one, other in links:
        neighbours[one].add(other)
        neighbours[other].add(one)
    chosen: dict[UUID, UUID] = {}
    for least in sorted(neighbours):
        reached = [] if least in chosen else [least]
        while reached:
            id = reached.pop()
            if id not in chosen:
                chosen[id] = least
                reached += neighbours[id]
    return chosen
