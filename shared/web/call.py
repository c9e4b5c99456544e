"""One HTTP request as an endpoint sees it, and who makes it."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar
from uuid import UUID

Input = TypeVar("Input")


@dataclass(frozen=True)
class Caller:
    """Who a bearer token belongs to: a system or desk of one house, and its roles there."""

    name: str
    house: str
    roles: frozenset[str]


ANYBODY = Caller("", "", frozenset())
"""Who calls a public endpoint."""


@dataclass(frozen=True, kw_only=True)
class Call(Generic[Input]):
    """input: the JSON body of a command, or the query parameters of a look-up; None for an endpoint that takes neither.

    authorization: the header as it came, for a look-up elsewhere on the caller's own behalf.
    key, fingerprint: a command's Idempotency-Key, and the hash of what came with it. version: what its If-Match names,
    if the command is `versioned`.
    """

    input: Input
    caller: Caller
    correlation_id: UUID
    authorization: str | None = field(default=None, repr=False)
    key: UUID | None = None
    fingerprint: bytes = b""
    version: int | None = None

    @property
    def house(self) -> str:
        """The caller's: nobody names the house that it acts for."""
        return self.caller.house
