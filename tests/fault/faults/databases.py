"""The databases are away, or refuse, or have no connection left."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from random import Random
from threading import Event
from typing import Any

import requests
from psycopg import Connection, sql

from shared.testing.small_disk import SmallDisk, small_disk, tablespace_on
from shared.web.turns import MOST_AT_ONCE
from tests.fault.arena import Arena
from tests.fault.faults.registry import BLOW_SECONDS, down_for_a_while, fault, freeze, see
from tests.fault.faults.strangers import MUNICIPALITY, publish, stranger
from tests.fault.oracle.stores import STRANGERS

MEBIBYTE = 1 << 20
ROOM_MEBIBYTES = 16
"""What is free on the small disk before it is filled."""
LARGE_BYTES = 200_000
FEW_CONNECTIONS = 5
"""Of worker and relay together."""


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
            terminated += _terminate(administrator, *arena.services)
            time.sleep(0.5)
    assert terminated > len(arena.services)


@fault
def pool_exhausted(arena: Arena, random: Random) -> None:
    """What weighing does waits for a lock until no connection is left in its pool, which the database keeps small; a
    pool that has grown before loses what it has. Callers who are told that there is none left ask again."""
    seen = Event()
    with ThreadPoolExecutor(2 * MOST_AT_ONCE) as callers, arena.superuser("weighing") as administrator:
        try:
            administrator.execute(f'ALTER ROLE "weighing" CONNECTION LIMIT {FEW_CONNECTIONS}')
            _terminate(administrator, "weighing")
            with administrator.transaction():
                administrator.execute("LOCK TABLE referrals IN ACCESS EXCLUSIVE MODE")
                for house in (arena.house, STRANGERS) * MOST_AT_ONCE:
                    callers.submit(_ask_for_briefings, arena, house, seen)
                see(lambda: not arena.stack.is_ready("weighing"), "the pool to be exhausted")
                time.sleep(BLOW_SECONDS)
        finally:
            seen.set()
            administrator.execute('ALTER ROLE "weighing" CONNECTION LIMIT -1')
    arena.wait_until_ready("weighing")


@fault
def connections_refused(arena: Arena, random: Random) -> None:
    """The databases have no connection left for the services' roles."""
    with arena.superuser() as administrator:
        try:
            for service in arena.services:
                administrator.execute(f'ALTER ROLE "{service}" CONNECTION LIMIT 0')
            _terminate(administrator, *arena.services)
            time.sleep(BLOW_SECONDS)
        finally:
            for service in arena.services:
                administrator.execute(f'ALTER ROLE "{service}" CONNECTION LIMIT -1')
    arena.wait_until_ready(*arena.services)


@fault
def database_disk_full(arena: Arena, random: Random) -> None:
    """The database of intake, through which everything comes in, lies on a small disk that is full."""
    with arena.superuser("intake") as administrator:
        administrator.execute("VACUUM FULL")  # what earlier rounds deleted leaves no room inside the files
    with arena.superuser() as administrator:
        [[bytes_now]] = administrator.execute("SELECT pg_database_size('intake')").fetchall()
        with (
            small_disk(bytes_now // MEBIBYTE + ROOM_MEBIBYTES) as disk,
            tablespace_on(disk, arena.stack.installation.cluster) as tablespace,
            _moved(administrator, "intake", tablespace),
        ):
            arena.wait_until_ready("intake")
            disk.fill()
            with stranger(arena, MUNICIPALITY) as channel:  # small rows might find room for a while
                publish(channel, MUNICIPALITY, random.randbytes(LARGE_BYTES))
            see(lambda: _is_found_full(arena, disk), "intake to find the disk full")
            time.sleep(BLOW_SECONDS / 2)
            disk.empty()
            arena.wait_until_ready("intake")


def _is_found_full(arena: Arena, disk: SmallDisk) -> bool:
    """Fills it again and again: a vacuum that shortens a table gives room back. It may be that intake can't write, or
    that it can't even connect: a new connection may have to write a file of its own first."""
    disk.fill()
    return not arena.stack.is_ready("intake")


@contextmanager
def _moved(administrator: Connection[Any], service: str, tablespace: str) -> Iterator[None]:
    """The service's database is in the tablespace."""
    _move(administrator, service, tablespace)
    try:
        yield
    finally:
        _move(administrator, service, "pg_default")


def _move(administrator: Connection[Any], service: str, tablespace: str) -> None:
    """Nobody may be in a database that moves."""
    database, place = sql.Identifier(service), sql.Identifier(tablespace)
    administrator.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(database))
    try:
        administrator.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [service]
        )
        administrator.execute(sql.SQL("ALTER DATABASE {} SET TABLESPACE {}").format(database, place))
    finally:
        administrator.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(database))


def _ask_for_briefings(arena: Arena, house: str, enough: Event) -> None:
    """Again and again: whoever is told that no connection is left asks anew."""
    headers = {"Authorization": f"Bearer {arena.stack.token(house, 'weighing_team')}"}
    asked = {"subRegion": "Midden Holland"}
    while not enough.is_set():
        requests.get(f"{arena.stack.http_url('weighing')}/v1/briefings", asked, headers=headers, timeout=60)


def _terminate(administrator: Connection[Any], *services: str) -> int:
    """Ends their connections. Returns how many there were."""
    [terminated] = administrator.execute(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = ANY(%s)", [list(services)]
    ).fetchone() or (0,)
    return int(terminated)


def _databases_come_back(arena: Arena) -> None:
    see(arena.stack.installation.cluster.is_ready, "the databases to come back")
    arena.wait_until_ready(*arena.services, *arena.relays)
