"""Batches for tests of the messaging core, and the amounts in the test service's table."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg

from shared.messaging import Delivery, Reader, UnitOfWork
from shared.messaging.sealing import Sealer
from shared.messaging.taking import Taker
from shared.messaging.tests import ledger
from shared.testing.keys import KEYS

SEALER = Sealer(KEYS)


def taker_of(
    reader: Reader, unit: type[UnitOfWork] = UnitOfWork, is_sealed: Callable[[bytes], bool] = lambda _: False
) -> Taker:
    def build(connection: Any, correlation_id: UUID) -> UnitOfWork:
        return unit(connection=connection, publishing=ledger.publishing(SEALER), correlation_id=correlation_id)

    return Taker(reader, SEALER, build, is_sealed)


def deliveries(*bodies: bytes) -> list[Delivery]:
    return [Delivery(queue="ledger", body=each) for each in bodies]


def amounts(connection: psycopg.Connection[Any]) -> list[int]:
    return [row[0] for row in connection.execute("SELECT amount FROM entry ORDER BY amount")]


def count(connection: psycopg.Connection[Any], table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row
    return int(row[0])
