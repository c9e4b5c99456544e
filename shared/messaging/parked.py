"""Operators' actions on parked messages: look, correct, replay and discard. Each is logged with author and reason."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import psycopg

from shared.messaging.envelope import envelope_of, ids_as_sent, known_id, parse
from shared.messaging.outcomes import Rejected
from shared.messaging.sealing import Sealer
from shared.messaging.storage import (
    LogRow,
    MessageKey,
    MessageStore,
    OpenedRow,
    ParkedRow,
    ParkingStore,
    ReceivedMessage,
)

Author = Mapping[str, str]
"""The operator (`who`) and the reason (`why`) of an action."""


class ParkingError(Exception):
    """The action is not possible; str() is the reason, without content of the message."""


class NotParked(ParkingError):
    """No parked message has this number."""


class Parking:
    """The parked messages of one service, in the transaction of a connection. All methods raise ParkingError."""

    def __init__(self, connection: psycopg.Connection[Any], sealer: Sealer) -> None:
        self._parking = ParkingStore(connection, sealer)
        self._messages = MessageStore(connection, sealer)

    def messages(self, *, after: int = 0, limit: int | None = None) -> list[ParkedRow]:
        """The messages with a number above `after`, oldest first, without bodies; all without a limit."""
        return self._parking.parked_messages(after, limit)

    def message(self, id: int) -> tuple[OpenedRow, list[LogRow]]:
        """A message and the earlier actions on it."""
        message = self._locked(id)
        return message, self._parking.history(message)

    def original(self, message: OpenedRow) -> bytes:
        """The body that the sender sent."""
        original = self._parking.original(message)
        return message.body if original is None else original

    def look(self, message: OpenedRow, author: Author) -> None:
        """Log that the author opened the body."""
        self._parking.log("looked", message, author)

    def correct(self, id: int, body: bytes, author: Author) -> None:
        """Replace a message's body. The new body has the same message id, or any id if the old body has none."""
        message = self._locked(id)
        _require_known_sender(message)
        message_id = _id_of_correction(message, body)
        if house_of(message) not in (None, house_of(replace(message, body=body))):
            raise ParkingError("the correction is of another house than the message")
        self._deduplication_key(message, body)
        log_id = self._parking.log("corrected", message, author, became=message_id)
        self._parking.keep_original(log_id, message.body)
        self._parking.correct(message, body, message_id)

    def replay(self, id: int, author: Author) -> None:
        """Move a message to the postponed ones, due at once: the worker takes it, or parks it again."""
        message = self._locked(id)
        _require_known_sender(message)
        if not message.body:
            raise ParkingError("the body of this message was not kept: have it sent again, and discard this one")
        key = self._deduplication_key(message, message.body)
        self._parking.log("replayed", message, author, became=key.message_id)
        self._parking.remove(message)
        self._messages.postpone(
            ReceivedMessage(message.queue, *key, message.body, message.user_id),
            ordering_key=_case_in(message) or key.message_id,
            attempts=0,
            reason="replayed by an operator",
            delay=0.0,
        )

    def discard(self, id: int, author: Author) -> None:
        """Delete a message and all its bodies. It stays in the inbox, so a second delivery has no effect."""
        message = self._locked(id)
        self._parking.log("discarded", message, author)
        self._parking.forget_originals(message)
        self._parking.remove(message)

    def _locked(self, id: int) -> OpenedRow:
        try:
            message = self._parking.hold(id)
        except ValueError as error:
            raise ParkingError(str(error)) from None
        if message is None:
            raise NotParked(f"no message {id} is parked here")
        return message

    def _deduplication_key(self, message: OpenedRow, body: bytes) -> MessageKey:
        """The key that the reader will give this body. A new key is entered into the inbox; raises if it is in use."""
        key = MessageKey(message.sender, _id_in(message, body) or message.message_id)
        if key.message_id != message.message_id and not self._messages.remember(key, hashlib.sha256(body).digest()):
            raise ParkingError(f"the id {key.message_id} is that of another message: correct the message with a new id")
        return key


def house_of(message: OpenedRow) -> str | None:
    """The house of a message; None without a trustworthy source.

    A partner's message has the house in its user name, `<house>.<partner>`, which the broker has checked. A service's
    event has the house in its envelope.
    """
    if _is_of_unknown_sender(message):
        return None
    if message.user_id is not None and message.sender == message.user_id:
        return message.user_id.partition(".")[0]
    try:
        house = parse(message.body).get("house")
    except Rejected:
        return None
    return house if isinstance(house, str) else None


def _id_of_correction(message: OpenedRow, body: bytes) -> UUID:
    try:
        parse(body)
    except Rejected as rejected:
        raise ParkingError(f"the correction {rejected}") from None
    message_id = _id_in(message, body)
    if message_id is None:
        raise ParkingError("the correction has no id")
    if message_id != message.message_id == _id_in(message, message.body):
        raise ParkingError("the correction has another id than the message")
    return message_id


def _is_of_unknown_sender(message: OpenedRow) -> bool:
    return message.sender.startswith("unknown:")


def _require_known_sender(message: OpenedRow) -> None:
    """Only the broker can vouch for a sender; an operator cannot."""
    if _is_of_unknown_sender(message):
        raise ParkingError("the sender of this message is unknown: have it sent again, and discard this one")


def _id_in(message: OpenedRow, body: bytes) -> UUID | None:
    """By what a body of this message's sender is known; None if it has no id."""
    try:
        ids = ids_as_sent(parse(body))
    except Rejected:
        return None
    return known_id(message.sender, ids.id) if ids else None


def _case_in(message: OpenedRow) -> UUID | None:
    try:
        return UUID(envelope_of(parse(message.body), message.sender).subject or "")
    except (Rejected, ValueError):
        return None
