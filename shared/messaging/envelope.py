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
"""The names of all attributes of an envelope."""

T = TypeVar("T")


class Envelope(NamedTuple):
    """One message. type: the short type (`referrals.registered.v1`), which is also the routing key.

    subject: the case id, if the message is about a case. correlation_id: the id of the message or command that caused
    this message.
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
    """An encoded body with the CloudEvents extension `sequence`: the number of the message in a stream, from 1."""
    return b'{"sequence":"%d","sequencetype":"Integer",%b' % (sequence, body.removeprefix(b"{"))


def parse(body: bytes) -> dict[str, Any]:
    """The JSON object in a body. Raises `Rejected` if the body is too large, nested too deep, or no JSON object."""
    try:
        document = bounded_json.parse(body)
    except bounded_json.JsonError as error:
        raise Rejected(Problem("", str(error), "unreadable")) from None
    if not isinstance(document, dict):
        raise Rejected(Problem("", "is not a JSON object", "not_an_object"))
    return document


def envelope_of(document: Mapping[str, Any]) -> Envelope:
    """The envelope in a parsed document. Raises `Rejected` with every attribute that is missing or wrong."""
    attributes = _Attributes(document)
    attributes.check("specversion", "1.0", "must be 1.0")
    type = attributes.text("type")
    if type and not type.startswith(TYPE_PREFIX):
        attributes.problems.append(Problem("type", f"must begin with {TYPE_PREFIX}", "unknown_type"))
    attributes.check("datacontenttype", "application/json", "must be application/json", required=False)
    data = attributes.data()
    source, house = attributes.text("source"), attributes.text("house", required=False)
    message_id = attributes.parsed("id", UUID, "not_a_uuid", "must be a UUID")
    time = attributes.parsed("time", _instant, "not_a_moment", "must be RFC 3339 with an offset")
    correlation_id = attributes.parsed("correlationid", UUID, "not_a_uuid", "must be a UUID", required=False)
    subject = attributes.text("subject", required=False) or None
    if attributes.problems or message_id is None or time is None:
        raise Rejected(*attributes.problems)
    return Envelope(
        id=message_id,
        source=source,
        type=type.removeprefix(TYPE_PREFIX),
        subject=subject,
        time=time,
        house=house,
        correlation_id=correlation_id,
        data=data,
    )


class _Attributes:
    """Reads the attributes of a document, and collects the problems in the order of reading."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self.problems: list[Problem] = []

    def text(self, name: str, *, required: bool = True) -> str:
        """The text of an attribute; empty if the attribute is missing or wrong."""
        value = self._document.get(name)
        if value is None and not required:
            return ""
        if not isinstance(value, str) or not value:
            reason = "is required" if value is None else "must be a text that is not empty"
            code = "required" if value is None else "not_a_text"
            self.problems.append(Problem(name, reason, code))
            return ""
        return value

    def check(self, name: str, expected: str, reason: str, *, required: bool = True) -> None:
        if self.text(name, required=required) not in ("", expected):
            self.problems.append(Problem(name, reason, "unknown_value"))

    def parsed(
        self, name: str, parse: Callable[[str], T], code: str, reason: str, *, required: bool = True
    ) -> T | None:
        """The parsed text of an attribute; None if the attribute is missing or wrong."""
        text = self.text(name, required=required)
        try:
            return parse(text) if text else None
        except ValueError:
            self.problems.append(Problem(name, reason, code))
            return None

    def data(self) -> dict[str, Any]:
        data = self._document.get("data")
        if isinstance(data, dict):
            return data
        missing = Problem("data", "is required", "required")
        self.problems.append(missing if data is None else Problem("data", "must be an object", "not_an_object"))
        return {}


def message_id_of(document: Mapping[str, Any]) -> UUID | None:
    """The message id of a document that may be wrong otherwise; None if the id is no UUID."""
    try:
        return UUID(document["id"]) if isinstance(document.get("id"), str) else None
    except ValueError:
        return None


def _instant(value: str) -> datetime:
    instant = datetime.fromisoformat(value)
    if instant.tzinfo is None:
        raise ValueError
    return instant
