"""The public keys of the identity provider, by key id: a JSON Web Key Set (RFC 7517) that is fetched and kept."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import eventlet
from eventlet.greenthread import GreenThread
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import Key, OctKey, import_key
from marshmallow import ValidationError
from werkzeug.exceptions import ServiceUnavailable

from shared.bounded_json import MOST_BYTES, JsonError, parse
from shared.observability.logs import get_logger
from shared.schemas import MessageSchema, schema_of
from shared.web.http_client import NoAnswer, ask
from shared.web.metrics import KEY_FETCHES

FETCH_SECONDS = 3.0
AGAIN_SECONDS = 30.0
"""From one fetch to the next at least: made-up key ids don't make a service ask the provider time and again."""
RENEWED_SECONDS = 600.0
"""Known keys are fetched again when they are this old, so that a key ends that the provider has withdrawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonWebKeys:
    """What the provider publishes."""

    keys: tuple[Mapping[str, Any], ...]


KEY_SET = schema_of(JsonWebKeys, MessageSchema)


class IssuerKeys:
    """The keys of one provider. While the provider does not answer, the known keys are used on."""

    def __init__(self, url: str, now: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._now = now
        self._keys: Mapping[str | None, Key] = {}
        self._fetched_at = -RENEWED_SECONDS
        self._fetch_under_way: GreenThread | None = None

    def key(self, key_id: str | None) -> Key:
        """The key with this id; for an unknown id, after a fetch.

        Raises InvalidKeyIdError without such a key, ServiceUnavailable without any key.
        """
        is_known = key_id in self._keys
        if self._now() - self._fetched_at >= (RENEWED_SECONDS if is_known else AGAIN_SECONDS):
            self._fetched_at = self._now()
            self._fetch_under_way = eventlet.spawn(self._fetch)
        if not is_known and self._fetch_under_way is not None:
            self._fetch_under_way.wait()
        if not self._keys:
            raise ServiceUnavailable("The identity provider does not answer; try again later.")
        if key_id not in self._keys:
            raise InvalidKeyIdError
        return self._keys[key_id]

    def _fetch(self) -> None:
        try:
            reply = ask(self._url, FETCH_SECONDS, most_bytes=MOST_BYTES)
            keys: Mapping[str | None, Key] = dict(_signing_keys(KEY_SET.load(parse(reply.body))))
        except (NoAnswer, JsonError, ValidationError) as error:
            get_logger().warning("the keys of the identity provider cannot be fetched", error=error)
            keys = {}
        self._keys = keys or self._keys
        KEY_FETCHES.labels("fetched" if keys else "failed").inc()


def _signing_keys(published: JsonWebKeys) -> Iterator[tuple[str | None, Key]]:
    """The asymmetric keys by id; others, and those of a newer kind, are passed over."""
    for entry in published.keys:
        try:
            key = import_key(dict(entry))
        except (JoseError, ValueError, TypeError, KeyError):
            continue
        if key.kid and not isinstance(key, OctKey):
            yield key.kid, key
