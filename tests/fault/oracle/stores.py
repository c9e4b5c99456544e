"""What the five databases hold of one house and year, and what the messaging core has not got rid of."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.rows import dict_row

from tests.fault.oracle import queries
from tests.fault.oracle.queries import Queries
from tests.fault.oracle.rows import Aftercare, Intake, Meetings, Numbers, Parked, Reporting, Weighing

Urls = Mapping[str, str]
"""The URL of each service's database, by the service's name."""
Database = psycopg.Connection[dict[str, Any]]
Databases = Mapping[str, Database]
"""A connection to each of them."""

PARKED = """
SELECT id, queue, sender, message_id::text, kind
FROM parked
WHERE id > %(parked)s AND queue NOT LIKE %(strangers)s
ORDER BY id
"""
STREAMS = "SELECT name, last FROM streams WHERE name NOT LIKE %(strangers)s"
LEFT = "SELECT (SELECT count(*) FROM outbox) AS outbox, (SELECT count(*) FROM postponed) AS postponed"
STRANGERS = "strangers"
"""The house of the attackers: what becomes of their messages is not asked."""


@contextmanager
def connected(urls: Urls) -> Iterator[Databases]:
    """As long as the block lasts: to connect costs more than to read."""
    with ExitStack() as opened:
        yield {service: opened.enter_context(_connection(url)) for service, url in urls.items()}


def what_is_left(databases: Databases) -> dict[str, int]:
    """How many rows wait in each `<service>.<table>` for their turn."""
    counted = {service: _rows(database, LEFT, {}) for service, database in databases.items()}
    return {f"{service}.{room}": count for service, [row] in counted.items() for room, count in row.items() if count}


@dataclass(frozen=True)
class Bookmark:
    """Where a round began. parked: the highest id, by service. numbers: the last one given, by partner's user."""

    parked: Mapping[str, int]
    numbers: Mapping[str, int]

    @classmethod
    def of(cls, databases: Databases) -> "Bookmark":
        parked = {}
        for service, database in databases.items():
            [row] = _rows(database, "SELECT coalesce(max(id), 0) AS id FROM parked", {})
            parked[service] = row["id"]
        return cls(parked, _last_numbers(databases["intake"]))


@dataclass(frozen=True, kw_only=True)
class Stores:
    """parked: since the bookmark, by service. left: how many rows wait in each `<service>.<table>` for their turn.

    numbers: what was numbered since the bookmark, by partner's user. traces: each `<service>.<table>` in which the name
    of a stranger stands.
    """

    intake: Intake
    weighing: Weighing
    meetings: Meetings
    aftercare: Aftercare
    reporting: Reporting
    parked: Mapping[str, tuple[Parked, ...]]
    left: Mapping[str, int]
    numbers: Mapping[str, Numbers]
    traces: tuple[str, ...]

    @classmethod
    def read(
        cls,
        databases: Databases,
        house: str,
        year: int,
        bookmark: Bookmark,
        strangers: Sequence[str] = (),
        sealed: Sequence[str] = (),
    ) -> "Stores":
        """strangers, sealed: as in the witness."""
        wanted: dict[str, Any] = {"house": house, "year": year, "messages": list(sealed)}
        last = _last_numbers(databases["intake"])
        intake = Intake(**_store(databases["intake"], queries.INTAKE, wanted))
        wanted["sealed"] = [row.referral_id for row in intake.sealed]
        wanted["subjects"] = [row.subject_id for row in (*intake.referrals, *intake.calls)]
        return cls(
            intake=intake,
            weighing=Weighing(**_store(databases["weighing"], queries.WEIGHING, wanted)),
            meetings=Meetings(**_store(databases["meetings"], queries.MEETINGS, wanted)),
            aftercare=Aftercare(**_store(databases["aftercare"], queries.AFTERCARE, wanted)),
            reporting=Reporting(**_store(databases["reporting"], queries.REPORTING, wanted)),
            parked={service: _parked(database, bookmark.parked[service]) for service, database in databases.items()},
            left=what_is_left(databases),
            numbers={user: Numbers(bookmark.numbers.get(user, 0), number) for user, number in last.items()},
            traces=tuple(_traces(databases, strangers)),
        )


def _connection(url: str) -> Database:
    connection = psycopg.connect(url, autocommit=True, row_factory=dict_row)
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    return connection


def _store(database: Database, wanted: Queries, of: Mapping[str, Any]) -> dict[str, Any]:
    """All of one moment."""
    with database.transaction():
        return {name: tuple(_read(database, kind, query, of)) for name, (kind, query) in wanted.items()}


def _read(database: Database, kind: type[Any], query: str, of: Mapping[str, Any]) -> list[Any]:
    rows = _rows(database, query, of)
    if kind is str:
        return [value for row in rows for value in row.values()]
    return [kind(**row) for row in rows]


def _parked(database: Database, after: int) -> tuple[Parked, ...]:
    asked = {"parked": after, "strangers": f"%.{STRANGERS}.%"}
    return tuple(Parked(**row) for row in _rows(database, PARKED, asked))


def _traces(databases: Databases, strangers: Sequence[str]) -> Iterator[str]:
    for service, database in databases.items() if strangers else ():
        for row in _rows(database, queries.TRACES, {"strangers": list(strangers)}):
            yield f"{service}.{row['table_name']}"


def _last_numbers(database: Database) -> dict[str, int]:
    return {row["name"]: row["last"] for row in _rows(database, STREAMS, {"strangers": f"{STRANGERS}.%"})}


def _rows(database: Database, query: str, of: Mapping[str, Any]) -> list[dict[str, Any]]:
    return database.execute(query.encode(), of).fetchall()
