"""Ways in which one thing can go wrong in a good world. Each damage knows which complaint must follow."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tests.fault.oracle.rows import Event
from tests.fault.oracle.tests.making import World
from tests.fault.oracle.witness import Heard

STRANGE = "0badbad0-0bad-0bad-0bad-0badbad0bad0"
"""An id that stands nowhere in a good world."""

Rows = tuple[Any, ...]


class Inapplicable(Exception):
    """This world has nothing that can be damaged so."""


@dataclass(frozen=True)
class Damage:
    """do: the world with one of the things damaged that can be; `pick` tells which. Raises Inapplicable.

    complaint: what one of the complaints begins with.
    """

    name: str
    do: Callable[[World, int], World]
    complaint: str


def picked(things: Iterable[Any], pick: int) -> Any:
    """One of them. Raises Inapplicable when there are none."""
    things = list(things)
    if not things:
        raise Inapplicable
    return things[pick % len(things)]


def with_rows(world: World, part: str, change: Callable[[Rows], Rows]) -> World:
    """The world with one part of a store changed: `weighing.referrals`."""
    store, _, name = part.partition(".")
    before = getattr(world.stores, store)
    after = replace(before, **{name: change(getattr(before, name))})
    return replace(world, stores=replace(world.stores, **{store: after}))


def rows_of(world: World, part: str) -> Rows:
    store, _, name = part.partition(".")
    rows: Rows = getattr(getattr(world.stores, store), name)
    return rows


def with_heard(world: World, change: Callable[[tuple[Heard, ...]], Iterable[Heard]]) -> World:
    """The world in which partners heard something else, on streams without numbers."""
    heard = tuple(replace(each, sequence=None) for each in change(world.witness.heard))
    stores = replace(world.stores, numbers={})
    return World(replace(world.witness, heard=heard), stores)


def with_numbered(world: World, change: Callable[[tuple[Heard, ...]], Iterable[Heard]]) -> World:
    """The world in which partners heard something else, as their numbers tell."""
    return replace(world, witness=replace(world.witness, heard=tuple(change(world.witness.heard))))


def without(things: Sequence[Any], *gone: Any) -> Rows:
    """The things but for these, each taken away once."""
    left = list(things)
    for thing in gone:
        left.remove(thing)
    return tuple(left)


def instead(things: Sequence[Any], thing: Any, other: Any) -> Rows:
    """The things with another in the place of one."""
    at = list(things).index(thing)
    return (*things[:at], other, *things[at + 1 :])


def swapped(things: Sequence[Any], one: Any, other: Any) -> Rows:
    """The things with two of them in each other's place."""
    return tuple(other if each is one else one if each is other else each for each in things)


def swapped_in_journal(world: World, one: Event, other: Event) -> World:
    """The world in which reporting received two events in the other order."""
    first, second = other._replace(position=one.position), one._replace(position=other.position)
    return with_rows(world, "reporting.journal", lambda rows: instead(instead(rows, one, first), other, second))
