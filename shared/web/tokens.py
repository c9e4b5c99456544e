"""Authentication by bearer tokens. Only the tokens' hashes are stored."""

import hmac
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
from marshmallow import Schema, ValidationError, fields, post_load, validate
from nameko.extensions import SharedExtension
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from shared.web.call import Caller

BEARER = WWWAuthenticate("bearer", {"realm": "api"})


class TokensError(Exception):
    """The token file cannot be used; the text gives the reason, without the file's contents."""


class _Token(Schema):
    token_sha256 = fields.String(required=True, validate=validate.Regexp("^[0-9a-f]{64}$"))
    name = fields.String(required=True)
    house = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)

    @post_load
    def caller(self, token: dict[str, Any], **_: Any) -> tuple[str, Caller]:
        return token["token_sha256"], Caller(token["name"], token["house"], frozenset(token["roles"]))


class Tokens:
    """The callers in a token file: a JSON list of {token_sha256 (hex), name, house, roles}."""

    def __init__(self, callers: list[tuple[str, Caller]]) -> None:
        self._callers = callers

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
        """The caller with the token of an `Authorization` header. Raises Unauthorized (401) for an unknown token."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer":
            raise Unauthorized("A bearer token is needed.", www_authenticate=BEARER)
        presented = sha256(token.strip().encode()).hexdigest()
        # all entries are compared, so that the response time does not depend on the position of the token
        callers = [caller for known, caller in self._callers if hmac.compare_digest(known, presented)]
        if not callers:
            raise Unauthorized("This token is unknown.", www_authenticate=BEARER)
        return callers[0]


class TokenFile(SharedExtension):
    """The service's tokens, loaded once at start from the setting API_TOKENS."""

    tokens: Tokens

    def setup(self) -> None:
        self.tokens = Tokens.load(self.container.config["settings"].api_tokens)
