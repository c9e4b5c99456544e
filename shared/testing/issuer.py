"""An OpenID provider for tests: signs any access token that a test asks for, and serves its keys on 127.0.0.1.

A pytest plugin: it gives the fixture `issuer`.
"""

import hmac
import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.jwk import Key, OctKey, RSAKey
from joserfc.util import json_b64encode, urlsafe_b64encode

PERSON: Mapping[str, Any] = {"sub": "5f0c2f1e", "client_id": "desk", "name": "A. Jansen"}
PROGRAM: Mapping[str, Any] = {"sub": "nightly-report", "client_id": "nightly-report"}
LIFE_SECONDS = 600
Claims = Mapping[str, Any]


def new_key() -> RSAKey:
    """A private key with an id of its own."""
    return RSAKey.generate_key(2048, {"kid": str(uuid4()), "use": "sig"})


def with_public_key_as_secret(token: str, key: Key) -> str:
    """The token, signed with what anybody may read (HS256). joserfc refuses to make such a one."""
    assert isinstance(key, RSAKey)
    public = key.public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    header = json_b64encode({"alg": "HS256", "kid": key.kid}).decode()
    signed = f"{header}.{token.split('.')[1]}"
    return f"{signed}.{urlsafe_b64encode(hmac.digest(public, signed.encode(), 'sha256')).decode()}"


@dataclass
class Issuer:
    """The provider. keys: those that it publishes; the last one signs. fetches: how often the keys were asked for.

    away: whether it breaks every connection. document: what it serves in place of its keys. seconds: how long it
    takes for an answer.
    """

    url: str
    keys: list[Key] = field(default_factory=lambda: [new_key()])
    fetches: int = 0
    away: bool = False
    document: bytes | None = None
    seconds: float = 0.0

    @property
    def settings(self) -> dict[str, str]:
        """A service's settings, as fields of `ServiceSettings`."""
        return {"oidc_issuer": self.url, "oidc_keys_url": f"{self.url}/keys"}

    def token(self, claims: Claims, *, key: Key | None = None, **header: str) -> str:
        """An access token that is valid but for what is given. A claim that is None is left out.

        `issuer.token({**PERSON, "organisation": "north", "functions": {"north": ["weighing_team"]}})`
        """
        signing, now = key or self.keys[-1], int(time.time())
        usual = {"iss": self.url, "aud": "ketenhuis", "iat": now, "exp": now + LIFE_SECONDS}
        told = {name: value for name, value in {**usual, **claims}.items() if value is not None}
        headers = {"alg": "RS256", "kid": str(signing.kid), **header}
        return jwt.encode(headers, told, signing, algorithms=[headers["alg"]])

    def person(self, organisation: str, *functions: str, house: str = "hollands-midden") -> str:
        """The token of a person of a partner, with these functions in a house."""
        return self.token({**PERSON, "organisation": organisation, "functions": {house: functions}})

    def worthless(self, claims: Claims) -> Iterator[tuple[str, str]]:
        """Kinds of tokens that must not admit anybody to anything: not of this provider, or not valid here and now."""
        now, key = int(time.time()), self.keys[-1]
        wrong: Mapping[str, Claims] = {
            "expired": {"iat": now - 1000, "exp": now - 100},
            "not yet valid": {"nbf": now + 100},
            "of the future": {"iat": now + 100},
            "of another issuer": {"iss": "https://elsewhere.example"},
            "for another audience": {"aud": ["desk"]},
        }
        yield from ((kind, self.token({**claims, **instead})) for kind, instead in wrong.items())
        header, payload, signature = self.token(claims).split(".")
        yield "with another payload", f"{header}.{self.token({**claims, 'jti': '1'}).split('.')[1]}.{signature}"
        yield "without a signature", f"{header}.{payload}."
        yield "signed with another key", self.token(claims, key=new_key(), kid=str(key.kid))
        yield "signed with an unknown key", self.token(claims, key=new_key())
        yield "signed with the public key as a secret", with_public_key_as_secret(self.token(claims), key)
        yield "with no algorithm", self.token(claims, key=OctKey.generate_key(), alg="none", kid=str(key.kid))

    def rotate(self) -> None:
        """Sign with a new key, and publish the one before as well."""
        self.keys = [self.keys[-1], new_key()]

    def published(self) -> bytes:
        return self.document or json.dumps({"keys": [key.as_dict(private=False) for key in self.keys]}).encode()


@contextmanager
def running_issuer() -> Iterator[Issuer]:
    """An issuer that answers until the end of the block."""
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        issuer = Issuer(f"http://127.0.0.1:{server.server_port}")
        server.RequestHandlerClass = _handler(issuer)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield issuer
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    with running_issuer() as issuer:
        yield issuer


def _handler(issuer: Issuer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            issuer.fetches += 1
            time.sleep(issuer.seconds)
            if issuer.away:
                return
            body = issuer.published()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Log nothing."""

    return Handler
