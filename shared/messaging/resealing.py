"""`python -m shared.messaging.resealing`: seals with the keys in use what a service sealed with other keys before.

For intake it is `python -m services.intake.resealing`, which knows what only intake keeps. Settings come from the
service's environment: DATABASE_URL, MESSAGE_KEY and MASTER_KEY. The service keeps working meanwhile, and the command
may be stopped and begun again at any moment. Exit status 0: nothing is left that another key has sealed.
"""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, LiteralString, TypeVar

import psycopg
from psycopg import Connection, sql

from shared.configuration import SettingsError, from_environment, setting
from shared.configuration.service import WRAPS, key_that, url
from shared.keys import MARK_BYTES, Keys, Unreadable
from shared.postgres.link import LINK
from shared.sealed_texts.sealing import wrapped_for

STEP = 200
"""Rows sealed anew in one transaction; somebody else who changes one of them waits for some milliseconds."""
MOST_PASSES = 10
"""While a process still seals with another key, there is always something left."""
OTHERWISE_SEALED = """
SELECT {key}, {column} FROM {table}
WHERE {column} <> '' AND substring({column} FOR {bytes}) <> {mark} AND {after}
ORDER BY {key} LIMIT {limit} FOR NO KEY UPDATE SKIP LOCKED
"""
SEAL = "UPDATE {table} SET {column} = %s WHERE ({key}) = ({values})"
LEFT = "(SELECT count(*) FROM {table} WHERE {column} <> '' AND substring({column} FOR {bytes}) <> {mark})"
ALL: sql.Composable = sql.SQL("true")
Table = Callable[[Any], tuple[int, Any]]
"""Takes the next step over a table, in a transaction. Given the place that the step before has reached, at first None;
returns how many values it has renewed and which place it has reached, None at the end."""


class ResealingError(Exception):
    """The rows cannot be sealed anew; the text says why."""


@dataclass(frozen=True)
class SealedColumn:
    """A column of sealed content. key: the table's primary key. context: for what a row is sealed, given its key."""

    table: str
    column: str
    key: tuple[str, ...]
    context: Callable[..., bytes]

    def query(self, text: LiteralString, keys: Keys, after: sql.Composable = ALL) -> sql.Composed:
        return sql.SQL(text).format(
            table=sql.Identifier(self.table),
            column=sql.Identifier(self.column),
            key=sql.SQL(", ").join(map(sql.Identifier, self.key)),
            values=sql.SQL(", ").join([sql.Placeholder()] * len(self.key)),
            bytes=sql.Literal(MARK_BYTES),
            mark=sql.Literal(keys.mark),
            limit=sql.Literal(STEP),
            after=after,
        )

    def after(self, key: Sequence[Any]) -> sql.Composable:
        names, values = map(sql.Identifier, self.key), map(sql.Literal, key)
        return sql.SQL("({}) > ({})").format(sql.SQL(", ").join(names), sql.SQL(", ").join(values))


def sealed_for(place: str) -> Callable[..., bytes]:
    """The context of a column whose rows are all sealed for one place."""
    return lambda *key: place.encode()


MESSAGES = (
    SealedColumn("outbox", "body", ("position",), sealed_for("outbox")),
    SealedColumn("stream_messages", "body", ("stream", "sequence"), sealed_for("outbox")),
    SealedColumn("postponed", "body", ("position",), sealed_for("postponed")),
    SealedColumn("parked", "body", ("id",), sealed_for("parked")),
    SealedColumn("parked_sealed", "body", ("id",), sealed_for("parked")),
    SealedColumn("parking_original", "body", ("log_id",), sealed_for("parking_original")),
    SealedColumn("commands", "body", ("house", "caller", "key"), sealed_for("commands")),
)
DATA_KEYS = (SealedColumn("sealed_texts", "data_key", ("text_id", "version_id"), wrapped_for),)


@dataclass(frozen=True, kw_only=True)
class KeySettings:
    """Three of the service's own settings."""

    database_url: str = setting(
        "DATABASE_URL", "URL of the service's PostgreSQL database", parse=url("postgresql", "postgres"), secret=True
    )
    message_key: Keys = setting("MESSAGE_KEY", key_that("seals message bodies at rest"), parse=Keys.parse, secret=True)
    master_key: Keys = setting("MASTER_KEY", key_that(WRAPS), parse=Keys.parse, secret=True)


Settings = TypeVar("Settings", bound=KeySettings)


def reseal_all(connection: Connection[Any], settings: KeySettings) -> int:
    """Seal what every service keeps. Returns how many values are left."""
    messages = reseal(connection, settings.message_key, MESSAGES)
    return messages + reseal(connection, settings.master_key, DATA_KEYS)


def reseal(connection: Connection[Any], keys: Keys, columns: Sequence[SealedColumn]) -> int:
    """Seal with the key in use what the other keys have sealed. Returns how many values are left.

    Left are values that no key opens, and values that a process has just sealed with another key. connection: in
    autocommit. Raises ResealingError if a key without number is in use beside others.
    """
    if not is_rotated(keys):
        return 0
    renew(connection, [partial(_reseal_step, connection, keys, column) for column in columns])
    return left(connection, keys, columns)


def is_rotated(keys: Keys) -> bool:
    """Whether the key in use may have others before it. Raises ResealingError if nothing tells what it has made."""
    if not keys.are_numbered and len(keys.all) > 1:
        raise ResealingError("the first key has no number, so nothing tells what it has made")
    return keys.are_numbered


def left(connection: Connection[Any], keys: Keys, columns: Sequence[SealedColumn]) -> int:
    """How many values another key than the one in use has sealed, all at one moment: rows move between tables."""
    counts = sql.SQL(" + ").join(column.query(LEFT, keys) for column in columns)
    row = connection.execute(sql.SQL("SELECT {}").format(counts)).fetchone()
    return int(row[0]) if row else 0


def renew(connection: Connection[Any], tables: Sequence[Table]) -> None:
    """Go over the tables in small transactions, again until there is nothing to renew, MOST_PASSES times at most."""
    for _ in range(MOST_PASSES):
        if not sum(sum(_steps(connection, table)) for table in tables):
            return


def _steps(connection: Connection[Any], table: Table) -> Iterator[int]:
    """Go over a table once. Gives the number of values that each step has renewed."""
    after = None
    while True:
        began = time.monotonic()
        with connection.transaction():
            renewed, after = table(after)
        yield renewed
        if after is None:
            return
        time.sleep(time.monotonic() - began)  # half of the time is the service's


def _reseal_step(
    connection: Connection[Any], keys: Keys, column: SealedColumn, after: sql.Composable | None
) -> tuple[int, sql.Composable | None]:
    with connection.cursor() as cursor:
        rows = cursor.execute(column.query(OTHERWISE_SEALED, keys, ALL if after is None else after)).fetchall()
        anew = list(_anew(rows, keys, column))
        if anew:
            cursor.executemany(column.query(SEAL, keys), anew)
    return len(anew), column.after(rows[-1][:-1]) if len(rows) == STEP else None


def _anew(rows: Sequence[Sequence[Any]], keys: Keys, column: SealedColumn) -> Iterator[Sequence[Any]]:
    for *key, sealed in rows:
        context = column.context(*key)
        with suppress(Unreadable):
            yield keys.seal(keys.open(sealed, context), context), *key


def main(of: type[Settings], work: Callable[[Connection[Any], Settings], int]) -> int:
    """Does the work, and tells how much is left. Returns the exit status.

    of: the class of the settings. work: given a connection in autocommit; returns what is left.
    """
    try:
        settings = from_environment(of)
        with psycopg.connect(settings.database_url, autocommit=True, **LINK) as connection:
            remaining = work(connection, settings)
    except (SettingsError, ResealingError, psycopg.OperationalError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{remaining} values are left that the key in use has not made.\n")
    return 1 if remaining else 0


if __name__ == "__main__":
    sys.exit(main(KeySettings, reseal_all))
