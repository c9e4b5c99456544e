"""An HTTP request as an endpoint gets it, and its caller."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar
from uuid import UUID

from shared.audit.rules import Deed
from shared.functions import THEME_ROLE, kind_of

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
    standing_in_for: the id of the person whose functions `roles` are; None if they are the caller's own.
    """

    id: str
    name: str
    house: str
    roles: frozenset[str]
    organisation: str
    origin: str
    standing_in_for: str | None = None

    @property
    def theme_roles(self) -> list[str]:
        """Those of the caller's functions that are for sealed themes."""
        return sorted(role for role in self.roles if kind_of(role) == THEME_ROLE)

    @property
    def in_logs(self) -> str | None:
        """The id; of a program of the token file, whose name may be a person's, no more than that."""
        return TOKEN_FILE if self.origin == TOKEN_FILE else self.id or None


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
        """The house that the request is about: one of the caller's."""
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
            standing_in_for=self.caller.standing_in_for,
            theme_roles=self.caller.theme_roles or None,
            house=self.house,
            correlation_id=self.correlation_id,
        )
