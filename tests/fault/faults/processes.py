"""Workers and relays that die, stop, freeze, or are more than one."""

import time
from contextlib import ExitStack
from random import Random
from signal import SIGTERM

from tests.fault.arena import Arena
from tests.fault.faults.crashes import PUBLISHING
from tests.fault.faults.registry import BLOW_SECONDS, down, fault, freeze, see

BETWEEN_SECONDS = 0.5


@fault
def each_process_killed(arena: Arena, random: Random) -> None:
    processes = _shuffled(arena, random)
    for process in processes:
        arena.kill(process)
        time.sleep(BETWEEN_SECONDS)
    arena.wait_until_ready(*processes)


@fault
def each_process_stopped(arena: Arena, random: Random) -> None:
    processes = _shuffled(arena, random)
    for process in processes:
        arena.signal(process, SIGTERM)
        time.sleep(BETWEEN_SECONDS)
    arena.wait_until_ready(*processes)


@fault
def worker_frozen(arena: Arena, random: Random) -> None:
    freeze(arena, random.choice(arena.services))


@fault
def relay_frozen(arena: Arena, random: Random) -> None:
    freeze(arena, random.choice(PUBLISHING))


@fault
def relay_run_twice(arena: Arena, random: Random) -> None:
    """The second has its part, carries all when the first leaves, and is ended hard when that is back."""
    relay = random.choice(PUBLISHING)
    published = "messaging_published_total"
    with arena.replica(relay) as second:
        see(lambda: second.metric(published) > 0, f"the second {relay} to have a part")
        with down(arena, relay):
            before = second.metric(published)
            see(lambda: second.metric(published) > before, f"the second {relay} to carry all")
        second.kill()
    arena.wait_until_ready(relay)


@fault
def replicas_of_each_service(arena: Arena, random: Random) -> None:
    """They share the queues; the replicas have all while the others are away. Back again, those are killed."""
    reads = "messaging_queues"
    with ExitStack() as opened:
        replicas = [opened.enter_context(arena.replica(service)) for service in arena.services]
        see(lambda: all(replica.metric(reads) > 0 for replica in replicas), "each replica to have its part")
        parts = [replica.metric(reads) for replica in replicas]
        with ExitStack() as away:
            for service in arena.services:
                away.enter_context(down(arena, service))
            see(
                lambda: all(each.metric(reads) > part for each, part in zip(replicas, parts, strict=True)),
                "each to have more",
            )
        for service in arena.services:
            arena.kill(service)
    arena.wait_until_ready(*arena.services)


@fault
def replicas_come_and_go(arena: Arena, random: Random) -> None:
    """Of a worker and of a relay: two join, one of them is killed, and the other leaves in good order."""
    for process in (random.choice(arena.services), random.choice(PUBLISHING)):
        with arena.replica(process) as second:
            time.sleep(BETWEEN_SECONDS)
            with arena.replica(process):
                time.sleep(BLOW_SECONDS)
                second.kill()
                time.sleep(BLOW_SECONDS)


def _shuffled(arena: Arena, random: Random) -> list[str]:
    processes = [*arena.services, *arena.relays]
    return random.sample(processes, len(processes))
