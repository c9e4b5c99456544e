"""Authentication by bearer tokens, which may end at a moment. Only the tokens' hashes are stored."""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
from marshmallow import Schema, ValidationError, fields, post_load, validate

from shared.observability.logs import get_logger
from shared.web.call import TOKEN_FILE
from shared.web.identity import Identity, unauthorized


class TokensError(Exception):
    """The token file cannot be used; the text gives the reason, without the file's contents."""


@dataclass(frozen=True)
class Token:
    """A token and its owner. expires_at: None for a token that does not end by itself."""

    token_sha256: str
    identity: Identity
    expires_at: datetime | None


class _Token(Schema):
    token_sha256 = fields.String(required=True, validate=validate.Regexp("^[0-9a-f]{64}$"))
    name = fields.String(required=True)
    house = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)

    expires_at = fields.AwareDateTime(load_default=None)

    @post_load
    def token(self, token: dict[str, Any], **_: Any) -> Token:
        name, house = token["name"], token["house"]
        functions = {house: frozenset(token["roles"])}
        identity = Identity(id=name, name=name, organisation=house, origin=TOKEN_FILE, functions=functions)
        return Token(token["token_sha256"], identity, token["expires_at"])


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

    def identity(self, token: str) -> Identity | None:
        """The owner of a token; None for an unknown one. Raises Unauthorized (401) for one that has expired."""
        presented = sha256(token.encode()).hexdigest()
        # all entries are compared, so that the response time does not depend on the position of the token
        found = [token for token in self._tokens if hmac.compare_digest(token.token_sha256, presented)]
        if not found:
            return None
        expires_at = found[0].expires_at
        if expires_at and expires_at <= datetime.now(UTC):
            raise unauthorized(f"This token expired at {expires_at.isoformat()}.")
        return found[0].identity


class TokenFile:
    """The tokens in the file API_TOKENS. When the file changes, the next request is checked against it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._version = _version(file)
        self._tokens = Tokens.load(file)

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
