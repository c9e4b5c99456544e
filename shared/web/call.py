"""An HTTP request as an endpoint gets it, and its caller."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, Self, TypeVar
from uuid import UUID

from shared.audit.rules import Deed

Input = TypeVar("Input")
TOKEN_FILE = "token-file"  # noqa: S105  (no secret)


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Who sends a request: a person or a program, in the house that the request is about.

    id: opaque; idempotency keys, turns and the log of disclosures go by it. A program of the token
    file has its name as its id.
    name: what `recorded_by` says. roles: the caller's functions in the house.
    organisation: the house, or a partner's id in the profile. A caller's id is unique in its organisation.
    origin: the program that the caller uses: an OpenID Connect client, or TOKEN_FILE.
    """

    id: str
    name: str
    house: str
    roles: frozenset[str]
    organisation: str
    origin: str

    @classmethod
    def of_token_file(cls, name: str, house: str, roles: Iterable[str]) -> Self:
        """A system or desk of one house whose token is in the service's token file."""
        return cls(id=name, name=name, house=house, roles=frozenset(roles), organisation=house, origin=TOKEN_FILE)


ANYBODY = Caller(id="", name="", house="", roles=frozenset(), organisation="", origin="")
"""The caller of a public endpoint."""


@dataclass(frozen=True, kw_only=True)
class Call(Generic[Input]):
    """input: the JSON body of a command, or the query parameters of a look-up; None for an endpoint without input.

    authorization: the header `Authorization`, to call another service on the caller's behalf.
    key: the Idempotency-Key of a command. content: the command's method, path and body.
    version: the version in If-Match, if the command is `versioned`.
    action, operation: the names of the offer's action and function, for the audit log.
    """

    input: Input
    caller: Caller
    correlation_id: UUID
    authorization: str | None = field(default=None, repr=False)
    key: UUID | None = None
    content: bytes = field(default=b"", repr=False)
    version: int | None = None
    action: str = ""
    operation: str = ""

    @property
    def house(self) -> str:
        """The caller's house. No request names a house: a caller acts for its own."""
        return self.caller.house

    @property
    def deed(self) -> Deed:
        """What the audit log says of who calls, and for what."""
        return Deed(
            action=self.action,
            operation=self.operation,
            actor=self.caller.id,
            actor_name=self.caller.name,
            organisation=self.caller.organisation,
            origin=self.caller.origin,
            house=self.house,
            correlation_id=self.correlation_id,
        )
