"""Operators' actions on parked messages: look, correct, replay and discard, one message or a group of them.

Each action is logged with author and reason, and stands in the audit log.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any, NamedTuple, Protocol, Self
from uuid import UUID, uuid4

import psycopg

from shared.audit.rules import Concerned, Deed
from shared.audit.store import AuditStore
from shared.messaging.envelope import envelope_of, ids_as_sent, known_id, parse
from shared.messaging.outcomes import Rejected
from shared.messaging.sealing import INBOX, Sealer
from shared.messaging.storage import (
    Group,
    LogRow,
    MessageKey,
    MessageStore,
    OpenedRow,
    ParkedRow,
    ParkingStore,
    ReceivedMessage,
    RefusalsBefore,
    Selection,
)

AUDITED = "parked-messages"
"""What the audit log calls them."""
AT_THE_COMMAND_LINE = "command-line"
NEWEST = 2**63 - 1
"""Above the number of every message."""
MOST_GROUPS = 200
REPLAYED_AT_ONCE, DISCARDED_AT_ONCE = 25, 200
"""So many messages of a group are handled in one step, within a fraction of a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """The operator (`who`) and the reason (`why`) of an action. deed: the same for the audit log."""

    who: str
    why: str
    deed: Deed

    @classmethod
    def at_the_command_line(cls, who: str, why: str, command: str) -> Self:
        """Somebody with access to the database and the keys, who says a name."""
        deed = Deed(
            action="see to parked messages on the command line",
            operation=command,
            actor=who,
            actor_name=who,
            organisation="",
            origin=AT_THE_COMMAND_LINE,
            house="",
            correlation_id=uuid4(),
        )
        return cls(who=who, why=why, deed=deed)

    @property
    def logged(self) -> Mapping[str, str]:
        """As the log of parked messages has it."""
        return {"who": self.who, "why": self.why}


class ParkingError(Exception):
    """The action is not possible; str() is the reason, without content of the message."""


class NotParked(ParkingError):
    """No parked message has this number."""


class Step(NamedTuple):
    """What one step did with a group. left_out: messages for which the action is not possible.

    next: the number after which the next step begins; None if the group is done.
    """

    done: int
    left_out: int
    next: int | None


class Parking:
    """The parked messages of one service, in the transaction of a connection. All methods raise ParkingError."""

    def __init__(self, connection: psycopg.Connection[Any], sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer
        self._parking = ParkingStore(connection, sealer)
        self._messages = MessageStore(connection, sealer)
        self._audit = AuditStore(connection)

    def messages(self, selection: Selection, *, before: int = NEWEST, limit: int) -> list[ParkedRow]:
        """The messages of a selection with a number below `before`, newest first, without bodies."""
        return self._parking.parked_messages(selection, before, limit)

    def groups(self, selection: Selection) -> list[Group]:
        """The groups of a state, the group with the newest message first, and at most MOST_GROUPS."""
        return self._parking.groups(selection, MOST_GROUPS)

    def refusals_before(self, house: str | None) -> list[RefusalsBefore]:
        """What is only counted by now of the refused messages of a house, or of all houses."""
        return self._parking.refusals_before(house, MOST_GROUPS)

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
        self._parking.log("looked", message, author.logged)
        self._tell(author, {message.id: message.house})

    def correct(self, id: int, body: bytes, author: Author) -> None:
        """Replace a message's body. The new body has the same message id, or any id if the old body has none."""
        message = self._locked(id)
        _require_known_sender(message)
        message_id = _id_of_correction(message, body)
        house = house_of(replace(message, body=body))
        if house_of(message) not in (None, house):
            raise ParkingError("the correction is of another house than the message")
        self._deduplication_key(message, _id_in(message, body), body)
        logged = self._parking.log("corrected", message, author.logged, became=message_id)
        self._parking.keep_original(logged, message.body)
        self._parking.correct(message, body, message_id, house or "")
        self._tell(author, {message.id: message.house})

    def replay(self, id: int, author: Author) -> None:
        """Move a message to the postponed ones, due at once: the worker takes it, or parks it again."""
        message = self._locked(id)
        self._replay(message, author)
        self._tell(author, {message.id: message.house})

    def discard(self, id: int, author: Author) -> None:
        """Delete a message and all its bodies. It stays in the inbox, so a second delivery has no effect."""
        message = self._locked(id)
        self._parking.discard([message.id], author.logged)
        self._tell(author, {message.id: message.house})

    def replay_group(self, group: Selection, author: Author, *, after: int, newest: int) -> Step:
        """Replay a group's messages above the number `after` up to `newest`, the oldest REPLAYED_AT_ONCE of them."""
        ids = [*self._parking.group_houses(group, after=after, newest=newest, limit=REPLAYED_AT_ONCE)]
        messages = list(self._parking.hold_all(ids))
        with self._connection.pipeline():
            done = {message.id: message.house for message in messages if self._is_replayed(message, author)}
        self._tell(author, done)
        return Step(len(done), len(ids) - len(done), _next(ids, REPLAYED_AT_ONCE))

    def discard_group(self, group: Selection, author: Author, *, after: int, newest: int) -> Step:
        """Discard a group's messages above the number `after` up to `newest`, the oldest DISCARDED_AT_ONCE of them."""
        houses = self._parking.group_houses(group, after=after, newest=newest, limit=DISCARDED_AT_ONCE)
        ids = [*houses]
        self._parking.discard(ids, author.logged)
        self._tell(author, houses)
        return Step(len(ids), 0, _next(ids, DISCARDED_AT_ONCE))

    def commit(self) -> None:
        """Commit the steps so far, for a caller who has the connection alone."""
        self._connection.commit()

    def _tell(self, author: Author, houses: Mapping[int, str]) -> None:
        """Tell the audit log of an action on messages. houses: of each message, by its number; empty if unknown.

        The entry is of the message's house, whose privacy officer reads it.
        """
        objects = [Concerned(AUDITED, str(id), house=house or None) for id, house in houses.items()]
        self._audit.add(author.deed, objects, HTTPStatus.OK)

    def _replay(self, message: OpenedRow, author: Author) -> None:
        _require_known_sender(message)
        if not message.body:
            raise ParkingError("the body of this message was not kept: have it sent again, and discard this one")
        document = _document(message.body)
        key = self._deduplication_key(message, _known_id(message.sender, document), message.body)
        self._parking.log("replayed", message, author.logged, became=key.message_id)
        self._parking.remove(message)
        self._messages.postpone(
            ReceivedMessage(message.queue, *key, message.body, message.user_id),
            ordering_key=_case_in(message, document) or key.message_id,
            attempts=0,
            reason="replayed by an operator",
            delay=0.0,
        )

    def _is_replayed(self, message: OpenedRow, author: Author) -> bool:
        try:
            self._replay(message, author)
        except ParkingError:
            return False
        return True

    def _locked(self, id: int) -> OpenedRow:
        try:
            message = self._parking.hold(id)
        except ValueError as error:
            raise ParkingError(str(error)) from None
        if message is None:
            raise NotParked(f"no message {id} is parked here")
        return message

    def _deduplication_key(self, message: OpenedRow, id: UUID | None, body: bytes) -> MessageKey:
        """The key that the reader will give this body. id: the one in the body, if any.

        A new key is entered into the inbox; raises if it is in use.
        """
        key = MessageKey(message.sender, id or message.message_id)
        if key.message_id != message.message_id and not self._messages.remember(
            key, self._sealer.fingerprint(body, INBOX)
        ):
            raise ParkingError(f"the id {key.message_id} is that of another message: correct the message with a new id")
        return key


class Sent(Protocol):
    """A message as far as it tells whose it is."""

    @property
    def sender(self) -> str: ...
    @property
    def user_id(self) -> str | None: ...
    @property
    def body(self) -> bytes: ...


def house_of(message: Sent) -> str | None:
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


def _next(ids: Sequence[int], limit: int) -> int | None:
    return ids[-1] if len(ids) == limit else None


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


def _is_of_unknown_sender(message: Sent) -> bool:
    return message.sender.startswith("unknown:")


def _require_known_sender(message: OpenedRow) -> None:
    """Only the broker can vouch for a sender; an operator cannot."""
    if _is_of_unknown_sender(message):
        raise ParkingError("the sender of this message is unknown: have it sent again, and discard this one")


def _id_in(message: OpenedRow, body: bytes) -> UUID | None:
    """By what a body of this message's sender is known; None if it has no id."""
    return _known_id(message.sender, _document(body))


def _known_id(sender: str, document: Mapping[str, Any]) -> UUID | None:
    ids = ids_as_sent(document)
    return known_id(sender, ids.id) if ids else None


def _case_in(message: OpenedRow, document: Mapping[str, Any]) -> UUID | None:
    try:
        return UUID(envelope_of(document, message.sender).subject or "")
    except (Rejected, ValueError):
        return None


def _document(body: bytes) -> Mapping[str, Any]:
    """The JSON object in a body; empty if there is none."""
    try:
        return parse(body)
    except Rejected:
        return {}
