"""The databases are away, or refuse, or have no connection left."""

import time
from random import Random
from typing import Any

from psycopg import Connection

from tests.fault.arena import Arena
from tests.fault.faults.registry import BLOW_SECONDS, down_for_a_while, fault, freeze, see


@fault
def databases_killed(arena: Arena, random: Random) -> None:
    arena.kill("postgres")
    _databases_come_back(arena)


@fault
def databases_stopped_and_started(arena: Arena, random: Random) -> None:
    down_for_a_while(arena, "postgres")
    _databases_come_back(arena)


@fault
def databases_frozen(arena: Arena, random: Random) -> None:
    freeze(arena, "postgres")


@fault
def backends_terminated(arena: Arena, random: Random) -> None:
    with arena.superuser() as administrator:
        terminated = 0
        for _ in range(5):
            terminated += _terminate(administrator, arena)
            time.sleep(0.5)
    assert terminated > len(arena.services)


@fault
def pool_exhausted(arena: Arena, random: Random) -> None:
    """Everything that weighing does waits for a lock, until no connection is left in its pool."""
    with arena.superuser("weighing") as administrator, administrator.transaction():
        administrator.execute("LOCK TABLE referrals IN ACCESS EXCLUSIVE MODE")
        see(lambda: not arena.stack.is_ready("weighing"), "the pool to be exhausted")
        time.sleep(BLOW_SECONDS)
    arena.wait_until_ready("weighing")


@fault
def connections_refused(arena: Arena, random: Random) -> None:
    """The databases have no connection left for the services' roles."""
    with arena.superuser() as administrator:
        try:
            for service in arena.services:
                administrator.execute(f'ALTER ROLE "{service}" CONNECTION LIMIT 0')
            _terminate(administrator, arena)
            time.sleep(BLOW_SECONDS)
        finally:
            for service in arena.services:
                administrator.execute(f'ALTER ROLE "{service}" CONNECTION LIMIT -1')
    arena.wait_until_ready(*arena.services)


def _terminate(administrator: Connection[Any], arena: Arena) -> int:
    """Returns how many there were."""
    [terminated] = administrator.execute(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = ANY(%s)", [list(arena.services)]
    ).fetchone() or (0,)
    return int(terminated)


def _databases_come_back(arena: Arena) -> None:
    see(arena.stack.installation.cluster.is_ready, "the databases to come back")
    arena.wait_until_ready(*arena.services, *arena.relays)
