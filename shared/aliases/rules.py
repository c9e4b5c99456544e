"""Records of one person are the groups that links connect: A with B and B with C make one group of three."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
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
    for id in neighbours:
        if id not in chosen:
            group = _reached(id, neighbours)
            chosen |= dict.fromkeys(group, min(group))
    return chosen


def _reached(id: UUID, neighbours: Mapping[UUID, Set[UUID]]) -> Set[UUID]:
    """The id, its neighbours, theirs, and so on."""
    found, waiting = set[UUID](), [id]
    while waiting:
        next_id = waiting.pop()
        if next_id not in found:
            found.add(next_id)
            waiting += neighbours[next_id]
    return found
