"""One message, one transaction: inbox, state and outbox commit together, and only then the message is acked."""

import hashlib
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Generic
from uuid import UUID, uuid4

from faststream import BaseMiddleware, StreamMessage
from faststream.types import AsyncFuncAny
from psycopg import AsyncConnection
from psycopg.rows import DictRow

from bench.contenders.faststream.messages import Message
from bench.contenders.faststream.service import Own, Service
from bench.contenders.faststream.topology import PARTNERS
from shared.messaging.envelope import Envelope, encode
from shared.postgres import load_queries

MESSAGING = load_queries(Path(__file__).with_name("sql") / "messaging.sql")


class Refused(Exception):
    """A message that breaks a rule. Its text names fields, never values."""


@dataclass(frozen=True, kw_only=True)
class Unit(Generic[Own]):
    """What a handler works with: one transaction of a service.

    document: the message, as it came. path: what its routing key tells, by name.
    """

    service: Service[Own]
    connection: AsyncConnection[DictRow]
    document: Mapping[str, Any]
    path: Mapping[str, Any]
    announced: list[dict[str, Any]] = field(default_factory=list)

    @property
    def own(self) -> Own:
        return self.service.own

    @cached_property
    def correlation_id(self) -> UUID:
        """The id of the message that set it all off."""
        return UUID(self.document.get("correlationid") or self.document["id"])

    async def execute(self, query: str, parameters: Mapping[str, Any]) -> None:
        await self.connection.execute(self.service.queries[query], parameters)

    async def fetch_one(self, query: str, parameters: Mapping[str, Any]) -> dict[str, Any] | None:
        cursor = await self.connection.execute(self.service.queries[query], parameters)
        return await cursor.fetchone()

    async def fetch_all(self, query: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        cursor = await self.connection.execute(self.service.queries[query], parameters)
        return await cursor.fetchall()

    def announce(
        self, type: str, data: Message, *, house: str, case_id: UUID, time: datetime, to: str | None = None
    ) -> None:
        """Leaves when the transaction commits. to: a partner's user, if it is for that partner alone."""
        event = Envelope(
            id=uuid4(),
            source=f"urn:nld:ketenhuis:{self.service.name}",
            type=type,
            subject=case_id,
            time=time,
            house=house,
            correlation_id=self.correlation_id,
            data=data.model_dump(by_alias=True, exclude_none=True),
        )
        self.announced.append(
            {
                "message_id": event.id,
                "exchange": PARTNERS.name if to else self.service.name,
                "routing_key": to or type,
                "ordering_key": case_id,
                "correlation_id": self.correlation_id,
                "body": self.service.sealer.seal(encode(event), "outbox"),
            }
        )

    async def is_new(self, body: bytes) -> bool:
        """Enters the message into the inbox; false when it is there already."""
        key = {"sender": self.document["source"], "message_id": UUID(self.document["id"])}
        entered = await self.connection.execute(
            MESSAGING["remember"], key | {"payload_hash": hashlib.sha256(body).digest()}
        )
        return await entered.fetchone() is not None

    async def fill_outbox(self) -> None:
        if self.announced:
            async with self.connection.cursor() as cursor:
                await cursor.executemany(MESSAGING["add_to_outbox"], self.announced)


_current: ContextVar[Unit[Any]] = ContextVar("unit")


async def current_unit() -> Unit[Any]:
    """A dependency. FastStream's own context would be read in another thread, each field for itself."""
    return _current.get()


class OneTransaction(BaseMiddleware):
    """Gives each message its unit. One that was seen before is acked, and nothing else."""

    async def consume_scope(self, call_next: AsyncFuncAny, msg: StreamMessage[Any]) -> Any:
        service: Service[Any] = self.context.get("service")
        async with service.pool.connection() as connection, connection.pipeline(), connection.transaction():
            unit = Unit(service=service, connection=connection, document=await _document(msg), path=msg.path)
            if not await unit.is_new(msg.body):
                return None
            _current.set(unit)
            result = await call_next(msg)
            await unit.fill_outbox()
        if unit.announced:
            service.announced.set()
        return result


async def _document(message: StreamMessage[Any]) -> dict[str, Any]:
    document = await message.decode()
    if not isinstance(document, dict):
        raise ValueError("is not a JSON object")
    return document
