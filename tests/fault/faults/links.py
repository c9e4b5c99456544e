"""The links to broker and databases are cut, reset or slow."""

import time
from random import Random

from tests.fault.arena import Arena
from tests.fault.faults.registry import BLOW_SECONDS, fault


@fault
def links_cut_without_a_word(arena: Arena, random: Random) -> None:
    link = random.choice([arena.broker_link, arena.database_link])
    link.cut()
    time.sleep(BLOW_SECONDS)
    link.heal()
    arena.wait_until_ready(*arena.services, *arena.relays)


@fault
def links_reset(arena: Arena, random: Random) -> None:
    for _ in range(3):
        arena.broker_link.reset()
        time.sleep(0.5)
        arena.database_link.reset()
        time.sleep(0.5)


@fault
def links_slowed(arena: Arena, random: Random) -> None:
    for link in (arena.broker_link, arena.database_link):
        link.slow(0.05, 100_000)
    time.sleep(BLOW_SECONDS)
    for link in (arena.broker_link, arena.database_link):
        link.heal()
