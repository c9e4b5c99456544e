"""Authentication by bearer tokens, which may end at a moment. Only the tokens' hashes are stored."""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
from marshmallow import Schema, ValidationError, fields, post_load, validate
from nameko.extensions import SharedExtension
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from shared.observability.logs import get_logger
from shared.web.call import Caller

BEARER = WWWAuthenticate("bearer", {"realm": "api"})


class TokensError(Exception):
    """The token file cannot be used; the text gives the reason, without the file's contents."""


@dataclass(frozen=True)
class Token:
    """A caller's token. expires_at: None for a token that does not end by itself."""

    token_sha256: str
    caller: Caller
    expires_at: datetime | None


class _Token(Schema):
    token_sha256 = fields.String(required=True, validate=validate.Regexp("^[0-9a-f]{64}$"))
    name = fields.String(required=True)
    house = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)

    expires_at = fields.AwareDateTime(load_default=None)

    @post_load
    def token(self, token: dict[str, Any], **_: Any) -> Token:
        caller = Caller.of_token_file(token["name"], token["house"], token["roles"])
        return Token(token["token_sha256"], caller, token["expires_at"])


class Tokens:
    """The tokens in a token file: a JSON list of {token_sha256 (hex), name, house, roles, expires_at}.

    expires_at is left out or a moment, such as 2027-01-31T17:00:00+01:00.
    """

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens

    @classmethod
    def load(cls, path: Path) -> "Tokens":
        """Read the file; raises TokensError."""
        try:
            return cls(_Token(many=True).load(orjson.loads(path.read_bytes())))
        except (OSError, orjson.JSONDecodeError) as error:
            raise TokensError(f"{path}: cannot be read as JSON ({type(error).__name__})") from None
        except ValidationError as error:
            raise TokensError(f"{path}: {error.messages}") from None

    def caller(self, authorization: str | None) -> Caller:
        """The caller with the token of an `Authorization` header.

        Raises Unauthorized (401) for an unknown token and for one that has expired.
        """
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer":
            raise Unauthorized("A bearer token is needed.", www_authenticate=BEARER)
        presented = sha256(token.strip().encode()).hexdigest()
        # all entries are compared, so that the response time does not depend on the position of the token
        found = [token for token in self._tokens if hmac.compare_digest(token.token_sha256, presented)]
        if not found:
            raise Unauthorized("This token is unknown.", www_authenticate=BEARER)
        expires_at = found[0].expires_at
        if expires_at and expires_at <= datetime.now(UTC):
            raise Unauthorized(f"This token expired at {expires_at.isoformat()}.", www_authenticate=BEARER)
        return found[0].caller


class TokenFile(SharedExtension):
    """The service's tokens in the file API_TOKENS. When the file changes, the next request is checked against it."""

    def setup(self) -> None:
        self._file: Path = self.container.config["settings"].api_tokens
        self._version = _version(self._file)
        self._tokens = Tokens.load(self._file)

    @property
    def tokens(self) -> Tokens:
        """Those in the file now, or those before if the file cannot be used."""
        version = _version(self._file)
        if version != self._version:
            self._version = version
            try:
                self._tokens = Tokens.load(self._file)
            except TokensError as error:
                get_logger().error("the changed API tokens cannot be read", error=error)
        return self._tokens


def _version(file: Path) -> tuple[int, ...]:
    """Another one when the file was written or replaced; empty without a file."""
    try:
        state = file.stat()
    except OSError:
        return ()
    return (state.st_mtime_ns, state.st_ino, state.st_size)
