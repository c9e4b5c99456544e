"""What the five databases hold of one house and year, and what the messaging core has not got rid of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.rows import dict_row, scalar_row

from tests.fault.oracle import queries
from tests.fault.oracle.queries import Queries
from tests.fault.oracle.rows import Aftercare, Intake, Meetings, Numbers, Parked, Reporting, Weighing

Urls = Mapping[str, str]
"""The URL of each service's database, by the service's name."""

PARKED = """
SELECT id, queue, sender, message_id::text, kind
FROM parked
WHERE id > %(parked)s AND queue NOT LIKE %(strangers)s
ORDER BY id
"""
STREAMS = "SELECT name, last FROM streams WHERE name NOT LIKE %(strangers)s"
WAITING_ROOMS = ("outbox", "postponed")
STRANGERS = "strangers"
"""The house of the attackers: what becomes of their messages is not asked."""


@dataclass(frozen=True)
class Bookmark:
    """Where a round began. parked: the highest id, by service. numbers: the last one given, by partner's user."""

    parked: Mapping[str, int]
    numbers: Mapping[str, int]

    @classmethod
    def of(cls, urls: Urls) -> "Bookmark":
        parked = {}
        for service, url in urls.items():
            with psycopg.connect(url, row_factory=scalar_row) as connection:
                parked[service] = connection.execute("SELECT coalesce(max(id), 0) FROM parked").fetchone() or 0
        return cls(parked, _last_numbers(urls["intake"]))


@dataclass(frozen=True, kw_only=True)
class Stores:
    """parked: since the bookmark, by service. left: how many rows wait in each `<service>.<table>` for their turn.

    numbers: what was numbered since the bookmark, by partner's user.
    """

    intake: Intake
    weighing: Weighing
    meetings: Meetings
    aftercare: Aftercare
    reporting: Reporting
    parked: Mapping[str, tuple[Parked, ...]]
    left: Mapping[str, int]
    numbers: Mapping[str, Numbers]

    @classmethod
    def read(cls, urls: Urls, house: str, year: int, bookmark: Bookmark) -> "Stores":
        wanted = {"house": house, "year": year}
        last = _last_numbers(urls["intake"])
        return cls(
            intake=Intake(**_store(urls["intake"], queries.INTAKE, wanted)),
            weighing=Weighing(**_store(urls["weighing"], queries.WEIGHING, wanted)),
            meetings=Meetings(**_store(urls["meetings"], queries.MEETINGS, wanted)),
            aftercare=Aftercare(**_store(urls["aftercare"], queries.AFTERCARE, wanted)),
            reporting=Reporting(**_store(urls["reporting"], queries.REPORTING, wanted)),
            parked={service: _parked(url, bookmark.parked[service]) for service, url in urls.items()},
            left={name: count for service, url in urls.items() for name, count in _left(service, url).items()},
            numbers={user: Numbers(bookmark.numbers.get(user, 0), number) for user, number in last.items()},
        )


def _store(url: str, wanted: Queries, of: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    """All of one moment."""
    with psycopg.connect(url, row_factory=dict_row) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        return {name: tuple(_read(connection, kind, query, of)) for name, (kind, query) in wanted.items()}


def _read(
    connection: psycopg.Connection[dict[str, Any]], kind: type[Any], query: str, of: Mapping[str, Any]
) -> list[Any]:
    rows = connection.execute(query.encode(), of).fetchall()
    if kind is str:
        return [value for row in rows for value in row.values()]
    return [kind(**row) for row in rows]


def _parked(url: str, after: int) -> tuple[Parked, ...]:
    with psycopg.connect(url, row_factory=dict_row) as connection:
        return tuple(
            Parked(**row) for row in connection.execute(PARKED, {"parked": after, "strangers": f"%.{STRANGERS}.%"})
        )


def _left(service: str, url: str) -> dict[str, int]:
    with psycopg.connect(url, row_factory=scalar_row) as connection:
        counted = {room: connection.execute(f"SELECT count(*) FROM {room}").fetchone() for room in WAITING_ROOMS}
    return {f"{service}.{room}": count for room, count in counted.items() if count}


def _last_numbers(url: str) -> dict[str, int]:
    with psycopg.connect(url) as connection:
        return dict(connection.execute(STREAMS, {"strangers": f"{STRANGERS}.%"}).fetchall())
