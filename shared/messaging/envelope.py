"""The CloudEvents envelope (NL GOV profile 1.1) in structured JSON, as it goes over the wire."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple, TypeGuard, TypeVar
from uuid import NAMESPACE_OID, UUID, uuid5

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

LONGEST_ID = 64
MINUTES_A_DAY = 24 * 60
UUID_TEXT = re.compile(r"[0-9A-Fa-f]{8}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{12}")
LEAP_SECOND = re.compile(r"(?<=:\d\d):60(\.\d+)?")
NO_ID = (f"must be a text of 1 to {LONGEST_ID} characters, without control characters", "not_an_id")
NO_MOMENT = ("must be RFC 3339 with an offset: 2015-03-02T08:30:00+01:00", "not_a_moment")
NO_JSON = ("must be application/json, in UTF-8", "not_json_content")

T = TypeVar("T")


class IdsAsSent(NamedTuple):
    """How a sender wrote the id of its message, and its correlation id or else the same id, to the letter.

    `F05383A2-6E39-4FEF-8CE5-CC977C536C23` or `2015-88`: so the sender finds its message again in an answer.
    """

    id: str
    correlation_id: str


class Envelope(NamedTuple):
    """One message. type: the short type (`referrals.registered.v1`), which is also the routing key.

    subject: the case id, if the message is about a case. correlation_id: the id of the message or command that caused
    this message; a text if a partner gave it.
    """

    id: UUID
    source: str
    type: str
    time: datetime
    data: Mapping[str, Any]
    house: str = ""
    subject: UUID | None = None
    correlation_id: UUID | str | None = None


class ReceivedEnvelope(NamedTuple):
    """A message as it came in. ids_as_sent: from them follow `id` and `correlation_id`, see `known_id`."""

    id: UUID
    source: str
    type: str
    time: datetime
    data: Mapping[str, Any]
    house: str
    subject: str | None
    correlation_id: UUID
    ids_as_sent: IdsAsSent


def known_id(sender: str, text: str) -> UUID:
    """The UUID by which a message is known here: its id if that is a UUID, in any spelling, or else one made of the id.

    The sender counts: `2015-88` of two partners are two messages.
    """
    return UUID(text) if UUID_TEXT.fullmatch(text) else uuid5(NAMESPACE_OID, f"{sender} {text}")


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
    attributes["data"] = envelope.data
    return orjson.dumps(attributes, option=orjson.OPT_UTC_Z)


def with_sequence(body: bytes, sequence: int) -> bytes:
    """An encoded body with the CloudEvents extension `sequence`: the number of the message in a stream, from 1."""
    return b'{"sequence":"%d","sequencetype":"Integer",%b' % (sequence, body.removeprefix(b"{"))


def parse(body: bytes) -> dict[str, Any]:
    """The JSON object in a body. Raises `Rejected` if the body is too large, nested too deep, or no JSON object."""
    try:
        document = bounded_json.parse(body)
    except bounded_json.JsonError as error:
        raise Rejected(Problem("", str(error), error.code)) from None
    if not isinstance(document, dict):
        raise Rejected(Problem("", "is not a JSON object", "not_an_object"))
    return document


def envelope_of(document: Mapping[str, Any], sender: str) -> ReceivedEnvelope:
    """The envelope in a parsed document. Raises `Rejected` with every attribute that is missing or wrong."""
    attributes = _Attributes(document)
    attributes.parsed("specversion", _version, ("must be 1.0", "wrong_specversion"))
    type = attributes.parsed("type", _short_type, (f"must begin with {TYPE_PREFIX}", "not_a_type"))
    attributes.parsed("datacontenttype", _json_content, NO_JSON, required=False)
    data = attributes.data()
    source, house = attributes.text("source"), attributes.text("house", required=False)
    message_id = attributes.parsed("id", _id, NO_ID)
    time = attributes.parsed("time", _moment, NO_MOMENT)
    correlation_id = attributes.parsed("correlationid", _id, NO_ID, required=False)
    subject = attributes.text("subject", required=False) or None
    if attributes.problems or type is None or message_id is None or time is None:
        raise Rejected(*attributes.problems)
    known = known_id(sender, message_id)
    return ReceivedEnvelope(
        id=known,
        source=source,
        type=type,
        subject=subject,
        time=time,
        house=house,
        correlation_id=known_id(sender, correlation_id) if correlation_id else known,
        data=data,
        ids_as_sent=IdsAsSent(message_id, correlation_id or message_id),
    )


def ids_as_sent(document: Mapping[str, Any]) -> IdsAsSent | None:
    """The ids of a document that may be wrong otherwise; None if the message's id is no id."""
    message_id, correlation_id = document.get("id"), document.get("correlationid")
    if not _is_id(message_id):
        return None
    return IdsAsSent(message_id, correlation_id if _is_id(correlation_id) else message_id)


class _Attributes:
    """Reads the attributes of a document, and collects the problems in the order of reading."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self.problems: list[Problem] = []

    def text(self, name: str, *, required: bool = True) -> str:
        """The text of an attribute; empty if the attribute is missing or wrong."""
        value = self._document.get(name)
        if isinstance(value, str) and value:
            return value
        if value is None and required:
            self.problems.append(Problem(name, "is required", "required"))
        elif value is not None and (required or value != ""):
            self.problems.append(Problem(name, "must be a text that is not empty", "not_a_text"))
        return ""

    def parsed(
        self, name: str, parse: Callable[[str], T], wrong: tuple[str, str], *, required: bool = True
    ) -> T | None:
        """The parsed text of an attribute; None if the attribute is missing or wrong. wrong: reason and code."""
        try:
            return parse(text) if (text := self.text(name, required=required)) else None
        except ValueError:
            self.problems.append(Problem(name, *wrong))
            return None

    def data(self) -> dict[str, Any]:
        data = self._document.get("data")
        if isinstance(data, dict):
            return data
        missing = Problem("data", "is required", "required")
        self.problems.append(missing if data is None else Problem("data", "must be an object", "not_an_object"))
        return {}


def _is_id(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_ID and value.isprintable()


def _id(value: str) -> str:
    if not _is_id(value):
        raise ValueError
    return value


def _version(value: str) -> None:
    if value != "1.0":
        raise ValueError


def _short_type(value: str) -> str:
    if not value.startswith(TYPE_PREFIX):
        raise ValueError
    return value.removeprefix(TYPE_PREFIX)


def _json_content(value: str) -> None:
    """Media types are written in any case, and have parameters: `Application/JSON; charset="UTF-8"`."""
    if value == "application/json":
        return
    kind, *parameters = (part.strip().lower() for part in value.split(";"))
    named = dict(parameter.partition("=")[::2] for parameter in parameters)
    if kind != "application/json" or named.get("charset", "utf-8").strip('"') not in ("utf-8", "utf8"):
        raise ValueError


def _moment(value: str) -> datetime:
    """The moment that RFC 3339 names, with a small `t` or `z` as well."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = _seldom_written(value)
    if moment.tzinfo is None:
        raise ValueError
    return moment


def _seldom_written(value: str) -> datetime:
    """A leap second, which is the last one of a day in UTC, counts as the last moment of its minute."""
    plain, leap_seconds = LEAP_SECOND.subn(":59.999999", value.upper())
    moment = datetime.fromisoformat(plain)
    ahead = (moment.utcoffset() or timedelta()) // timedelta(minutes=1)
    if leap_seconds and (60 * moment.hour + moment.minute - ahead) % MINUTES_A_DAY != MINUTES_A_DAY - 1:
        raise ValueError
    return moment
