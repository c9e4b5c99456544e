"""Where the provider's endpoints are, and its public keys; both are fetched when they are needed, and kept."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import requests
from joserfc.errors import JoseError
from joserfc.jwk import Key, OctKey, import_key

from desk.provider.errors import ProviderDown, SignInFailed
from desk.settings import DeskSettings
from shared.observability.logs import get_logger

PATIENCE_SECONDS = 5.0
RENEWED_SECONDS = 600.0
AGAIN_SECONDS = 30.0
"""From one fetch for an unknown key to the next: made-up key ids don't make the desk ask time and again."""
PAUSE_SECONDS = 2.0
"""After a try without an answer: whoever comes in this time does not wait for another one."""
Json = Mapping[str, Any]


@dataclass
class Fetched:
    """A document of the provider. An old one is used on while the provider does not answer."""

    fetch: Callable[[], Json]
    now: Callable[[], float] = time.monotonic
    _document: Json | None = None
    _tried_at: float = float("-inf")
    _lock: Lock = field(default_factory=Lock)

    def document(self, longest: float = RENEWED_SECONDS) -> Json:
        """Fetched again if the last try is at least so many seconds ago. Raises ProviderDown without any."""
        with self._lock:
            if self.now() - self._tried_at >= (PAUSE_SECONDS if self._document is None else longest):
                self._tried_at = self.now()
                self._renew()
            if self._document is None:
                raise ProviderDown("has not answered yet")
            return self._document

    def _renew(self) -> None:
        try:
            self._document = self.fetch()
        except ProviderDown as error:
            get_logger().warning("the provider does not answer", error=error)


class Configuration:
    """The provider's own description of itself (OpenID Connect Discovery), and its keys."""

    def __init__(self, settings: DeskSettings) -> None:
        self.issuer = settings.issuer
        self._url = settings.configuration_url or f"{settings.issuer.rstrip('/')}/.well-known/openid-configuration"
        self._description = Fetched(self._fetch_description)
        self._key_set = Fetched(lambda: fetch_json(self.endpoint("jwks_uri")))

    def endpoint(self, name: str) -> str:
        """Raises ProviderDown for one that the provider does not have."""
        if found := self.optional(name):
            return found
        raise ProviderDown(f"has no {name}")

    def optional(self, name: str) -> str | None:
        """None for an endpoint that the provider does not have. Raises ProviderDown."""
        found = self._description.document().get(name)
        return found if isinstance(found, str) else None

    @property
    def names_itself(self) -> bool:
        """Whether the provider adds its own name to each answer (RFC 9207). Raises ProviderDown."""
        return self._description.document().get("authorization_response_iss_parameter_supported") is True

    def key(self, key_id: str | None) -> Key:
        """The public key with this id; for an unknown id the keys are fetched once more.

        Raises ProviderDown, or SignInFailed without such a key.
        """
        keys = _signing_keys(self._key_set.document())
        if key_id not in keys:
            keys = _signing_keys(self._key_set.document(AGAIN_SECONDS))
        if key_id not in keys:
            raise SignInFailed("unknown_key")
        return keys[key_id]

    def _fetch_description(self) -> Json:
        described = fetch_json(self._url)
        if described.get("issuer") != self.issuer:
            raise ProviderDown("names itself otherwise than OIDC_ISSUER")
        return described


def fetch_json(url: str) -> Json:
    """Raises ProviderDown."""
    try:
        response = requests.get(url, timeout=PATIENCE_SECONDS, allow_redirects=False)
        response.raise_for_status()
        document = response.json()
    except requests.RequestException as error:
        raise ProviderDown from error
    if not isinstance(document, dict):
        raise ProviderDown("answers with something else")
    return document


def _signing_keys(key_set: Json) -> Mapping[str | None, Key]:
    """The asymmetric keys by id; those of a kind that nobody knows here are passed over."""
    keys: dict[str | None, Key] = {}
    for entry in key_set.get("keys", ()):
        try:
            key = import_key(dict(entry))
        except (JoseError, ValueError, TypeError, KeyError):
            continue
        if not isinstance(key, OctKey):
            keys[key.kid] = key
    return keys
