"""An HTTP request as an endpoint gets it, and its caller."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar
from uuid import UUID

Input = TypeVar("Input")


@dataclass(frozen=True)
class Caller:
    """The owner of a bearer token: a system or desk of one house, with its roles there."""

    name: str
    house: str
    roles: frozenset[str]


ANYBODY = Caller("", "", frozenset())
"""The caller of a public endpoint."""


@dataclass(frozen=True, kw_only=True)
class Call(Generic[Input]):
    """input: the JSON body of a command, or the query parameters of a look-up; None for an endpoint without input.

    authorization: the header `Authorization`, to call another service on the caller's behalf.
    key: the Idempotency-Key of a command. content: the command's method, path and body.
    version: the version in If-Match, if the command is `versioned`.
    """

    input: Input
    caller: Caller
    correlation_id: UUID
    authorization: str | None = field(default=None, repr=False)
    key: UUID | None = None
    content: bytes = field(default=b"", repr=False)
    version: int | None = None

    @property
    def house(self) -> str:
        """The caller's house. No request names a house: a caller acts for its own."""
        return self.caller.house
