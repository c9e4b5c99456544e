"""The CloudEvents envelope (NL GOV profile 1.1) in structured JSON, as it goes over the wire."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

import orjson

from shared import bounded_json
from shared.messaging.outcomes import Problem, Rejected

TYPE_PREFIX = "nl.ketenhuis."
MEDIA_TYPE = "application/cloudevents+json"
SCHEMA_PREFIX = "urn:nld:ketenhuis:schema:"
ATTRIBUTES = frozenset(
    {"specversion", "id", "source", "type", "subject", "time", "datacontenttype", "dataschema", "data"}
    | {"house", "correlationid", "sequence", "sequencetype"}
)
"""The names that an envelope may have."""

T = TypeVar("T")


class Envelope(NamedTuple):
    """One message. `type` is the short type (`referrals.registered.v1`), which is its routing key too.

    `subject` is the case id where there is a case; `correlation_id` the id of the message or command that set it off.
    """

    id: UUID
    source: str
    type: str
    time: datetime
    data: Mapping[str, Any]
    house: str = ""
    subject: str | None = None
    correlation_id: UUID | None = None


def encode(envelope: Envelope) -> bytes:
    """The body of the message: UTF-8 JSON."""
    attributes: dict[str, Any] = {
        "specversion": "1.0",
        "id": envelope.id,
        "source": envelope.source,
        "type": TYPE_PREFIX + envelope.type,
        "time": envelope.time,
        "datacontenttype": "application/json",
        "dataschema": SCHEMA_PREFIX + envelope.type,
        "house": envelope.house,
    }
    if envelope.subject is not None:
        attributes["subject"] = envelope.subject
    if envelope.correlation_id is not None:
        attributes["correlationid"] = envelope.correlation_id
    return orjson.dumps(attributes | {"data": envelope.data}, option=orjson.OPT_UTC_Z)


def with_sequence(body: bytes, sequence: int) -> bytes:
    """A body of `encode` with its number on a stream, from 1 on: the CloudEvents extension `sequence`."""
    return b'{"sequence":"%d","sequencetype":"Integer",%b' % (sequence, body.removeprefix(b"{"))


def parse(body: bytes) -> dict[str, Any]:
    """The JSON object in a body. Raises `Rejected` when it is too large, too deep, or no JSON object."""
    try:
        document = bounded_json.parse(body)
    except bounded_json.JsonError as error:
        raise Rejected(Problem("", str(error))) from None
    if not isinstance(document, dict):
        raise Rejected(Problem("", "is not a JSON object"))
    return document


def envelope_of(document: Mapping[str, Any]) -> Envelope:
    """The envelope in a parsed document. Raises `Rejected` naming every attribute that is missing or wrong."""
    problems: list[Problem] = []

    def text(name: str, *, required: bool = True) -> str:
        value = document.get(name)
        if value is None and not required:
            return ""
        if not isinstance(value, str) or not value:
            problems.append(Problem(name, "is required" if value is None else "must be a text that is not empty"))
            return ""
        return value

    if text("specversion") not in ("", "1.0"):
        problems.append(Problem("specversion", "must be 1.0"))
    kind = text("type")
    if kind and not kind.startswith(TYPE_PREFIX):
        problems.append(Problem("type", f"must begin with {TYPE_PREFIX}"))
    if text("datacontenttype", required=False) not in ("", "application/json"):
        problems.append(Problem("datacontenttype", "must be application/json"))
    data = document.get("data")
    if not isinstance(data, dict):
        problems.append(Problem("data", "is required" if data is None else "must be an object"))
    source, house = text("source"), text("house", required=False)
    message_id = _checked(UUID, text("id"), Problem("id", "must be a UUID"), problems)
    time = _checked(_instant, text("time"), Problem("time", "must be RFC 3339 with an offset"), problems)
    correlation_id = _checked(
        UUID, text("correlationid", required=False), Problem("correlationid", "must be a UUID"), problems
    )
    subject = text("subject", required=False) or None
    if problems or message_id is None or time is None or not isinstance(data, dict):
        raise Rejected(*problems)
    return Envelope(
        id=message_id,
        source=source,
        type=kind.removeprefix(TYPE_PREFIX),
        subject=subject,
        time=time,
        house=house,
        correlation_id=correlation_id,
        data=data,
    )


def message_id_of(document: Mapping[str, Any]) -> UUID | None:
    """The message's id where it can be read, for the answer to a message that is otherwise wrong."""
    value = document.get("id")
    return _checked(UUID, value, Problem("id", ""), []) if isinstance(value, str) else None


def _checked(read: Callable[[str], T], value: str, problem: Problem, problems: list[Problem]) -> T | None:
    if not value:
        return None
    try:
        return read(value)
    except ValueError:
        problems.append(problem)
        return None


def _instant(value: str) -> datetime:
    instant = datetime.fromisoformat(value)
    if instant.tzinfo is None:
        raise ValueError
    return instant
