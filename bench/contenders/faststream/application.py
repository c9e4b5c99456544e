"""A service as a FastStream application."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module

from fast_depends.pydantic import PydanticSerializer
from faststream import AckPolicy, ContextRepo, FastStream
from faststream.rabbit import Channel, RabbitBroker

from bench.contenders.faststream.relay import carry
from bench.contenders.faststream.service import service_of
from bench.contenders.faststream.topology import DEAD_LETTERS, EXCHANGES, MAILBOX, PARTNERS
from bench.contenders.faststream.unit import OneTransaction
from services.intake.settings import IntakeSettings
from shared.configuration import ServiceSettings, from_environment

PREFETCH = 100
"""Messages of a queue that are in hand at once, each in a task of its own: it carried more than 20 or 50 did."""


def application(name: str) -> FastStream:
    """With its settings from the environment. Raises SettingsError, ProfilesError."""
    settings = from_environment(IntakeSettings if name == "intake" else ServiceSettings)
    handlers = import_module(f"bench.contenders.faststream.{name}")
    service = service_of(name, handlers.own(settings), settings)
    broker = RabbitBroker(
        settings.broker_url,
        default_channel=Channel(prefetch_count=PREFETCH, on_return_raises=True),
        ack_policy=AckPolicy.NACK_ON_ERROR,
        middlewares=[OneTransaction],
        serializer=PydanticSerializer(pydantic_config={"hide_input_in_errors": True}, use_fastdepends_errors=False),
        log_level=logging.DEBUG,
    )
    broker.include_router(handlers.router)

    @asynccontextmanager
    async def lifespan() -> AsyncIterator[None]:
        async with service.pool:
            yield

    app = FastStream(broker, context=ContextRepo({"service": service}), lifespan=lifespan)
    tasks: list[asyncio.Task[None]] = []

    @app.after_startup
    async def start_relay() -> None:
        await _declare_what_it_publishes_to(name, broker)
        tasks.append(asyncio.create_task(carry(service, broker)))

    @app.on_shutdown
    def stop_relay() -> None:
        for task in tasks:
            task.cancel()

    return app


async def _declare_what_it_publishes_to(name: str, broker: RabbitBroker) -> None:
    await broker.declare_queue(DEAD_LETTERS)
    if name in EXCHANGES:
        await broker.declare_exchange(EXCHANGES[name])
    if name == "intake":
        partners = await broker.declare_exchange(PARTNERS)
        mailbox = await broker.declare_queue(MAILBOX)
        await mailbox.bind(partners, routing_key=MAILBOX.routing())
