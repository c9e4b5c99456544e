"""One command over HTTP. It takes effect once for its key, and changes only what its caller has seen."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from marshmallow import ValidationError
from werkzeug.exceptions import PreconditionRequired
from werkzeug.wrappers import Request, Response

from shared.messaging.outcomes import Problem, Rejected, Retryable
from shared.messaging.storage import CommandKey, CommandStore
from shared.web.access import Action
from shared.web.call import Call
from shared.web.offer import Context, Given, Input, Offer, Offered, Path, strict

KEY, KNOWN, MATCH = "Idempotency-Key", "Idempotency-Replayed", "If-Match"
VERSION = re.compile(r'"([0-9]{1,9})"')


@dataclass(frozen=True, kw_only=True)
class CommandOffer(Offer):
    """A command: `function(call, unit, **path_values)`. The unit commits when the function returns.

    A caller may give an Idempotency-Key: then the answer is kept with it in the same transaction, and the same command
    again gets that answer and has no effect. keyed: the key is required. versioned: so is If-Match, and `call.version`
    is what it names.
    """

    keyed: bool = False
    versioned: bool = False

    def __post_init__(self) -> None:
        if self.versioned and self.gives and not self.tells_version:
            raise ValueError(f"{self.name}: what it gives has no version")

    def told_by_headers(self, request: Request, body: bytes) -> dict[str, Any]:
        key = _key(request.headers.get(KEY))
        if self.keyed and key is None:
            raise ValidationError({KEY: ["is required: a new UUID for each command, the same when it is sent again"]})
        content = b"\0".join((request.method.encode(), request.full_path.encode(), body))
        version = _version(request.headers.get(MATCH)) if self.versioned else None
        return {"key": key, "fingerprint": sha256(content).digest(), "version": version}

    def answer(self, service: Any, call: Call[Any], path_values: Mapping[str, Any]) -> Response:
        with service.units.begin(call) as unit:

            def give() -> Response:
                return self.response(self.function(call, unit, **path_values))

            if call.key is None:
                return give()
            key = CommandKey(call.caller.house, call.caller.name, call.key)
            commands = CommandStore(unit.connection, unit.publishing.sealer)
            return _once(key, call.fingerprint, commands, give)


def command(
    *,
    action: Action,
    takes: type[Input] | None = None,
    gives: type[Given] | None = None,
    status: int | None = None,
    keyed: bool = False,
    versioned: bool = False,
) -> Callable[[Offered[Input, Context, Path, Given]], Offer]:
    """A command: POST, on a unit of work."""
    return lambda function: CommandOffer(
        function=function,
        action=action,
        takes=strict(takes),
        gives=strict(gives),
        status=status,
        keyed=keyed,
        versioned=versioned,
    )


def _once(key: CommandKey, fingerprint: bytes, commands: CommandStore, give: Callable[[], Response]) -> Response:
    """The answer that the key was given before, or else a new one, which is kept."""
    if not commands.enter(key, fingerprint):
        return _again(key, fingerprint, commands)
    response = give()
    commands.keep(key, status=response.status_code, headers=dict(response.headers), body=response.get_data())
    return response


def _again(key: CommandKey, fingerprint: bytes, commands: CommandStore) -> Response:
    kept = commands.kept(key)
    if kept is None:
        raise Retryable("its answer was forgotten at this moment")
    if kept.fingerprint != fingerprint:
        raise Rejected(Problem(KEY, "was used for another command"))
    return Response(kept.body, kept.status, {**kept.headers, KNOWN: "true"})


def _key(header: str | None) -> UUID | None:
    """The draft of the standard writes it in quotes; most callers don't."""
    try:
        return None if header is None else UUID(header.strip('"'))
    except ValueError:
        raise ValidationError({KEY: ["is not a UUID"]}) from None


def _version(header: str | None) -> int:
    if header is None:
        raise PreconditionRequired(f"Say with {MATCH} which version you change: the ETag of what you saw.")
    if found := VERSION.fullmatch(header.strip()):
        return int(found[1])
    raise ValidationError({MATCH: ["is not the ETag of one version"]})
