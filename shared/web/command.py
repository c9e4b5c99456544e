"""Commands over HTTP: an idempotency key prevents a second effect, a version prevents a lost update."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from marshmallow import ValidationError
from werkzeug.exceptions import PreconditionRequired
from werkzeug.wrappers import Request, Response

from shared.messaging.outcomes import Problem, Rejected, Retryable
from shared.messaging.storage import CommandKey, CommandStore
from shared.validation import Reason
from shared.web.access import Action
from shared.web.call import Call
from shared.web.offer import Context, EndpointFunction, Input, Offer, Path, Result, check_days, strict

KEY, REPLAYED, IF_MATCH = "Idempotency-Key", "Idempotency-Replayed", "If-Match"
KEY_REQUIRED = Reason("is required: a new UUID for each command, the same when it is sent again", "required")
NOT_A_UUID = Reason("is not a UUID", "not_a_uuid")
NOT_AN_ETAG = Reason('is not the ETag of one version, such as "3"', "not_an_etag")
ANY_VERSION = Reason('is * for any version; name the version that was read, such as "3"', "any_version")
# A proxy that compresses an answer makes its ETag weak: W/"3". The version in it is the same.
VERSION = re.compile(r'(?:W/)?"([0-9]{1,9})"')


@dataclass(frozen=True, kw_only=True)
class CommandOffer(Offer):
    """A command: `function(call, unit, **path_values)`. The unit commits when the function returns.

    A caller may send an Idempotency-Key. The answer is then stored with the key in the same transaction; if the command
    is sent again, the caller gets the stored answer and the command has no effect. keyed: the key is required.
    versioned: If-Match is required; `call.version` is the version in If-Match.
    """

    keyed: bool = False
    versioned: bool = False

    def __post_init__(self) -> None:
        if self.versioned and self.gives and not self.has_etag:
            raise ValueError(f"{self.name}: the result has no field `version`")

    def call_options(self, request: Request, body: bytes) -> dict[str, Any]:
        key = _key(request.headers.get(KEY))
        if self.keyed and key is None:
            raise ValidationError({KEY: [KEY_REQUIRED]})
        content = b"\0".join((request.method.encode(), request.full_path.encode(), body))
        version = _version(request.headers.get(IF_MATCH)) if self.versioned else None
        return {"key": key, "content": content, "version": version}

    def answer(self, service: Any, call: Call[Any], path_values: Mapping[str, Any]) -> Response:
        with service.units.begin(call) as unit:
            run = partial(self._run, call, unit, path_values)
            if call.key is None:
                return run()
            key = CommandKey(call.house, call.caller.id, call.key)
            commands = CommandStore(unit.connection, unit.publishing.sealer)
            if not commands.enter(key, call.content):
                return _stored_answer(key, call.content, commands)
            response = run()
            commands.keep(key, status=response.status_code, headers=dict(response.headers), body=response.get_data())
            return response

    def _run(self, call: Call[Any], unit: Any, path_values: Mapping[str, Any]) -> Response:
        """Carry out the command, and tell the audit log. Raises Rejected unless its days lie within their bounds."""
        check_days(call, unit)
        return self.audited(self.function(call, unit, **path_values), call, unit, path_values)


def command(
    *,
    action: Action,
    takes: type[Input] | None = None,
    gives: type[Result] | None = None,
    status: int | None = None,
    keyed: bool = False,
    versioned: bool = False,
) -> Callable[[EndpointFunction[Input, Context, Path, Result]], Offer]:
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


def _stored_answer(key: CommandKey, content: bytes, commands: CommandStore) -> Response:
    stored = commands.kept(key, content)
    if stored is None:
        raise Retryable("the stored answer has just been deleted")
    if not stored.is_same:
        raise Rejected(Problem(KEY, "was used for another command", "key_used_before"))
    return Response(stored.body, stored.status, {**stored.headers, REPLAYED: "true"})


def _key(header: str | None) -> UUID | None:
    """The idempotency key. The draft standard writes the key in quotes; most callers send it without."""
    try:
        return None if header is None else UUID(header.strip('"'))
    except ValueError:
        raise ValidationError({KEY: [NOT_A_UUID]}) from None


def _version(header: str | None) -> int:
    if header is None:
        raise PreconditionRequired(f"{IF_MATCH} is required: send the ETag of the version that you change.")
    if etag := VERSION.fullmatch(header.strip()):
        return int(etag[1])
    raise ValidationError({IF_MATCH: [ANY_VERSION if header.strip() == "*" else NOT_AN_ETAG]})
