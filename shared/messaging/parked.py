"""What may become of a parked message: correct, replay, discard, each kept with who and why."""

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import psycopg

from shared.messaging.envelope import envelope_of, message_id_of, parse
from shared.messaging.outcomes import Rejected
from shared.messaging.sealing import Sealer
from shared.messaging.storage import MessageKey, MessageStore, ParkingStore

Row = dict[str, Any]
By = Mapping[str, str]
"""Who, and why."""


class ParkingError(Exception):
    """It can't be done; str() tells the operator why, without anything of the message."""


class NotParked(ParkingError):
    """There is no such message, or no longer."""


class Parking:
    """The parked messages of one service, inside the transaction of a connection. Every method raises ParkingError."""

    def __init__(self, connection: psycopg.Connection[Any], sealer: Sealer) -> None:
        self._parking = ParkingStore(connection, sealer)
        self._messages = MessageStore(connection, sealer)

    def messages(self, *, after: int = 0, limit: int | None = None) -> list[Row]:
        """Those with a higher number than `after` without their bodies, oldest first; by default all."""
        return self._parking.parked_messages(after, limit)

    def message(self, id: int) -> tuple[Row, list[Row]]:
        """A message and what operators did to it."""
        message = self._held(id)
        return message, self._parking.history(message)

    def original(self, message: Row) -> bytes:
        """The body as its sender sent it."""
        original = self._parking.original(message)
        return bytes(message["body"]) if original is None else original

    def look(self, message: Row, by: By) -> None:
        """Keep who opened its body."""
        self._parking.log("looked", message, by)

    def correct(self, id: int, body: bytes, by: By) -> None:
        """Another body for a message. It keeps its id, and gets one of its own if its sender gave it none that is."""
        message = self._held(id)
        _require_known_sender(message)
        try:
            message_id = message_id_of(parse(body))
        except Rejected as rejected:
            raise ParkingError(f"the correction {rejected}") from None
        if message_id is None:
            raise ParkingError("the correction has no id that is a UUID")
        if message_id != message["message_id"] == _id_in(message["body"]):
            raise ParkingError("the correction has another id than the message")
        if house_of(message) not in (None, house_of(message | {"body": body})):
            raise ParkingError("the correction is of another house than the message")
        self._own_key(message, body)
        log_id = self._parking.log("corrected", message, by, became=message_id)
        self._parking.keep_original(log_id, message["body"])
        self._parking.correct(message, body, message_id)

    def replay(self, id: int, by: By) -> None:
        """Hand it back to its reader, which finds it among the postponed and takes it, or parks it again."""
        message = self._held(id)
        _require_known_sender(message)
        key = self._own_key(message, message["body"])
        self._parking.log("replayed", message, by, became=key.message_id)
        self._parking.remove(message)
        self._messages.postpone(
            {"queue": message["queue"], **key._asdict(), "body": message["body"], "user_id": message["user_id"]},
            ordering_key=_case_in(message["body"]) or key.message_id,
            attempts=0,
            reason="replayed by an operator",
            delay=0.0,
        )

    def discard(self, id: int, by: By) -> None:
        """Remove it and every body that it had; the inbox goes on knowing it, so it can't come back."""
        message = self._held(id)
        self._parking.log("discarded", message, by)
        self._parking.forget_originals(message)
        self._parking.remove(message)

    def _held(self, id: int) -> Row:
        try:
            message = self._parking.hold(id)
        except ValueError as error:
            raise ParkingError(str(error)) from None
        if message is None:
            raise NotParked(f"no message {id} is parked here")
        return message

    def _own_key(self, message: Row, body: bytes) -> MessageKey:
        """What the reader is going to know this body by. The inbox must not know it as another message's."""
        key = MessageKey(message["sender"], _id_in(body) or message["message_id"])
        if key.message_id != message["message_id"] and not self._messages.remember(key, hashlib.sha256(body).digest()):
            raise ParkingError(f"the id {key.message_id} is that of another message: correct it with one of its own")
        return key


def house_of(message: Row) -> str | None:
    """Whose house a message is of, if anything that can be trusted tells it.

    Of a partner the broker has checked the user, `<house>.<partner>`. A service's event says it itself.
    """
    if _is_of_unknown_sender(message):
        return None
    if message["sender"] == message["user_id"]:
        return str(message["user_id"]).partition(".")[0]
    try:
        house = parse(message["body"]).get("house")
    except Rejected:
        return None
    return house if isinstance(house, str) else None


def _is_of_unknown_sender(message: Row) -> bool:
    return str(message["sender"]).startswith("unknown:")


def _require_known_sender(message: Row) -> None:
    """The reader trusts the broker's word for who sent a message, and an operator can't give that word."""
    if _is_of_unknown_sender(message):
        raise ParkingError("nobody knows who sent this message: have it sent again, and discard this one")


def _id_in(body: bytes) -> UUID | None:
    try:
        return message_id_of(parse(body))
    except Rejected:
        return None


def _case_in(body: bytes) -> UUID | None:
    try:
        return UUID(envelope_of(parse(body)).subject or "")
    except (Rejected, ValueError):
        return None
