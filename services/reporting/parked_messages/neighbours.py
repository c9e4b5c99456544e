"""Asks the services about their parked messages for an operator who waits, with that operator's own token.

Nothing of the answers is kept.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from urllib.parse import urljoin

import eventlet
import orjson
from eventlet.semaphore import Semaphore
from marshmallow import ValidationError
from nameko.extensions import DependencyProvider
from werkzeug.exceptions import NotFound, ServiceUnavailable
from werkzeug.wrappers import Response

from services.reporting.parked_messages.messages import ParkedAtService
from services.reporting.settings import ReportingSettings
from services.reporting.watch.answers import services_among
from shared.postgres import as_row
from shared.schemas import MessageSchema, schema_of
from shared.web import Call, turns
from shared.web.http_client import NoAnswer, Reply, ask
from shared.web.identity import HOUSE
from shared.web.parked import ParkedGroups

GROUPS_PATH = "/v1/parked-message-groups"
PARKED_GROUPS = schema_of(ParkedGroups, MessageSchema)
PATIENCE_SECONDS = 3.0
MOST_BYTES = 1024 * 1024
MEDIA_TYPES = ("application/json", "application/problem+json")
MOST_AT_ONCE = turns.MOST_AT_ONCE - 1
"""A call that waits for a neighbour keeps a worker of this service, which is one of the neighbours itself and is asked
in the caller's name: some workers and one turn of the caller stay free."""


class Neighbours(DependencyProvider):
    """Every service of SCRAPE_TARGETS, this one too: each is handed the token of whoever asks."""

    def setup(self) -> None:
        settings: ReportingSettings = self.container.config["settings"]
        urls: dict[str, str] = {}
        for target in settings.scrape_targets:
            urls.setdefault(target.name, target.url)
        self._addresses = {name: urljoin(urls[name], "/").rstrip("/") for name in services_among(urls)}
        self._turns = Semaphore(MOST_AT_ONCE)

    def get_dependency(self, worker_ctx: object) -> "Neighbours":
        return self

    def parked_groups(self, call: Call[Any]) -> tuple[ParkedAtService, ...]:
        """The groups of parked messages of each service, or that the service does not answer."""
        ask = partial(_ask, call, "GET", GROUPS_PATH)
        with self._turn():
            replies = eventlet.GreenPool().imap(ask, self._addresses.values())
            return tuple(_parked_at(name, reply) for name, reply in zip(self._addresses, replies, strict=True))

    def pass_on(self, call: Call[Any], method: str, service: str, path: str) -> Response:
        """The answer of a service to a call about its parked messages."""
        if service not in self._addresses:
            raise NotFound
        with self._turn():
            reply = _ask(call, method, path, self._addresses[service])
        if reply is None:
            raise ServiceUnavailable("The service does not answer.")
        return Response(reply.body, reply.status, content_type=reply.media_type)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(blocking=False):
            raise ServiceUnavailable("Too many ask at the same time; try again.")
        try:
            yield
        finally:
            self._turns.release()


def _ask(call: Call[Any], method: str, path: str, address: str) -> Reply | None:
    """Asks one service, as the caller; None if it does not answer in time, or not with JSON."""
    headers = {
        "Authorization": call.authorization or "",
        HOUSE: call.house,
        "X-Correlation-Id": str(call.correlation_id),
        "Content-Type": "application/json",
    }
    body = orjson.dumps(call.input) if method == "POST" else None
    try:
        reply = ask(address + path, PATIENCE_SECONDS, most_bytes=MOST_BYTES, method=method, headers=headers, body=body)
    except NoAnswer:
        return None
    return None if reply.body and reply.media_type not in MEDIA_TYPES else reply


def _parked_at(service: str, reply: Reply | None) -> ParkedAtService:
    try:
        groups = PARKED_GROUPS.loads(reply.body) if reply and reply.status == 200 else None
    except (ValueError, ValidationError):
        groups = None
    if groups is None:
        return ParkedAtService(name=service, answers=False, waiting=(), answered=(), before=())
    return ParkedAtService(name=service, answers=True, **as_row(groups))
