"""Workers and relays that die, stop, freeze, or are more than one."""

import time
from contextlib import ExitStack
from random import Random
from signal import SIGTERM

from tests.fault.arena import Arena
from tests.fault.faults.crashes import PUBLISHING
from tests.fault.faults.registry import BLOW_SECONDS, fault, freeze


@fault
def processes_killed_at_random(arena: Arena, random: Random) -> None:
    for process in random.sample([*arena.services, *arena.relays], 5):
        arena.kill(process)
        time.sleep(0.5)
    arena.wait_until_ready(*arena.services, *arena.relays)


@fault
def processes_stopped_at_random(arena: Arena, random: Random) -> None:
    for process in random.sample([*arena.services, *arena.relays], 4):
        arena.signal(process, SIGTERM)
        time.sleep(0.5)
    arena.wait_until_ready(*arena.services, *arena.relays)


@fault
def worker_frozen(arena: Arena, random: Random) -> None:
    freeze(arena, random.choice(arena.services))


@fault
def relay_frozen(arena: Arena, random: Random) -> None:
    freeze(arena, random.choice(PUBLISHING))


@fault
def relay_run_twice(arena: Arena, random: Random) -> None:
    """The second stands by, and takes over when the first is killed."""
    relay = random.choice(PUBLISHING)
    with arena.replica(relay):
        time.sleep(1)
        arena.kill(relay)
        time.sleep(BLOW_SECONDS)
    arena.wait_until_ready(relay)


@fault
def replicas_of_each_service(arena: Arena, random: Random) -> None:
    """Whichever holds a queue is killed; another takes over."""
    with ExitStack() as replicas:
        for service in arena.services:
            replicas.enter_context(arena.replica(service))
        time.sleep(BLOW_SECONDS)
        for service in arena.services:
            arena.kill(service)
            time.sleep(0.5)
    arena.wait_until_ready(*arena.services)
