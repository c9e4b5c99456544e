"""One HTTP request as an endpoint sees it, and who makes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from werkzeug.exceptions import Forbidden


@dataclass(frozen=True)
class Caller:
    """Who a bearer token belongs to: a system or desk of one house, and its roles there."""

    name: str
    house: str
    roles: frozenset[str]


ANYBODY = Caller("", "", frozenset())
"""Who calls a public endpoint."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """`body` as `takes` loads it, `query` as the query schema loads it.

    authorization: the header as it came, for a look-up elsewhere on the caller's own behalf.
    key, fingerprint: a command's Idempotency-Key, and the hash of what came with it. version: what its If-Match names,
    if the command is `versioned`.
    """

    body: Any
    query: Mapping[str, Any]
    caller: Caller
    correlation_id: UUID
    authorization: str | None = field(default=None, repr=False)
    key: UUID | None = None
    fingerprint: bytes = b""
    version: int | None = None

    def require_house(self, house: str) -> None:
        """A caller acts for its own house only: HTTP 403 for another."""
        if house != self.caller.house:
            raise Forbidden("This token is for another house.")
