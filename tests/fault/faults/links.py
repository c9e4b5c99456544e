"""The links to broker and databases are cut, reset or slow."""

import time
from math import inf
from random import Random

from shared.testing.link import Link
from tests.fault.arena import Arena
from tests.fault.faults.registry import BLOW_SECONDS, fault, see


@fault
def broker_cut_off_without_a_word(arena: Arena, random: Random) -> None:
    _cut(arena, arena.broker_link)


@fault
def databases_cut_off_without_a_word(arena: Arena, random: Random) -> None:
    _cut(arena, arena.database_link)


@fault
def links_reset(arena: Arena, random: Random) -> None:
    for link in (arena.broker_link, arena.database_link) * 2:
        before = link.connections
        link.reset()
        see(lambda link=link, before=before: link.connections > before, "anybody to connect again")  # type: ignore[misc]
        time.sleep(0.5)


@fault
def links_slowed(arena: Arena, random: Random) -> None:
    links = (arena.broker_link, arena.database_link)
    try:
        for link in links:
            link.slow(0.02, inf)
        time.sleep(BLOW_SECONDS)
    finally:
        for link in links:
            link.heal()


def _cut(arena: Arena, link: Link) -> None:
    try:
        link.cut()
        time.sleep(BLOW_SECONDS)
    finally:
        link.heal()
    arena.wait_until_ready(*arena.services, *arena.relays)
