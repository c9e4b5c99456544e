"""Brings a service's outbox to the broker: a row goes only when its confirm is in."""

import asyncio
import logging
from contextlib import suppress
from typing import Any

import psycopg
from faststream.rabbit import RabbitBroker
from psycopg_pool import PoolTimeout

from bench.contenders.faststream.service import Service
from bench.contenders.faststream.topology import EXCHANGES
from bench.contenders.faststream.unit import MESSAGING

log = logging.getLogger("faststream")

ROUND_SIZE = 100
LOOK_AGAIN_SECONDS = 0.5
"""How often it looks by itself; a commit wakes it at once."""


async def carry(service: Service[Any], broker: RabbitBroker) -> None:
    """Until it is cancelled."""
    while True:
        service.announced.clear()
        if not await _round(service, broker):
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(service.announced.wait(), LOOK_AGAIN_SECONDS)


async def _round(service: Service[Any], broker: RabbitBroker) -> bool:
    """Whether there is to be another one at once."""
    try:
        async with service.pool.connection() as connection, connection.pipeline(), connection.transaction():
            found = await connection.execute(MESSAGING["outbox_head"], {"limit": ROUND_SIZE})
            rows = await found.fetchall()
            answers = await asyncio.gather(*(_publish(row, service, broker) for row in rows), return_exceptions=True)
            confirmed = [row["position"] for row, answer in zip(rows, answers, strict=True) if answer is None]
            if confirmed:
                await connection.execute(MESSAGING["delete_from_outbox"], {"positions": confirmed})
    except (psycopg.Error, PoolTimeout):
        log.warning("the outbox can't be read", exc_info=True)
        return False
    if failed := [answer for answer in answers if answer is not None]:
        log.warning("%d events were not confirmed: %s", len(failed), type(failed[0]).__name__)
    return bool(confirmed)


async def _publish(row: dict[str, Any], service: Service[Any], broker: RabbitBroker) -> None:
    await broker.publish(
        service.sealer.open(row["body"], "outbox"),
        exchange=EXCHANGES[row["exchange"]],
        routing_key=row["routing_key"],
        content_type="application/json",
        message_id=str(row["message_id"]),
        correlation_id=str(row["correlation_id"]),
        persist=True,
    )
