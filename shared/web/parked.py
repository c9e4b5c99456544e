"""What callers ask and get about parked messages over HTTP: see `shared.web.parking`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from shared.bounds import Code, Length, Line, Range
from shared.messaging.outcomes import Problem
from shared.messaging.parked import NEWEST


class ParkedState(StrEnum):
    """waiting: for a person. answered: the sender was told the problems, and nobody has to act."""

    WAITING = "waiting"
    ANSWERED = "answered"


Kind = Annotated[Code, {"description": "rejected, unexpected or exhausted"}]
ReasonCode = Annotated[Code, {"description": "the code of the first problem"}]


House = Annotated[str, Length(0, 64)]
ParkedLimit = Annotated[int, Range(1, 100)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedMessagesQuery:
    """`house`, `sender`, `kind` and `reason`: the values of a group."""

    state: ParkedState = ParkedState.WAITING
    house: House | None = None
    sender: Code | None = None
    kind: Code | None = None
    reason: Code | None = None
    before: Annotated[int, {"description": "`next` of the previous page"}] = NEWEST
    limit: ParkedLimit = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedMessage:
    """A parked message without its content. A field name that the service does not know is shown as `…`."""

    id: int
    parked_at: datetime
    kind: Kind
    queue: str
    sender: str
    house: Annotated[str, {"description": "empty if unknown"}]
    reason: ReasonCode
    answered: Annotated[bool, {"description": "whether the sender was told the problems"}]
    message_id: UUID
    problems: Annotated[tuple[Problem, ...], {"description": "the first of `problemCount`"}]
    problem_count: Annotated[int, {"description": "how many problems it has"}]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedMessages:
    """Newest first. `next` is null on the last page."""

    items: tuple[ParkedMessage, ...]
    next: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedGroup:
    """The parked messages of a house and sender with the same kind and reason."""

    house: Annotated[str, {"description": "empty if unknown"}]
    sender: str
    kind: Kind
    reason: ReasonCode
    messages: int
    oldest_at: Annotated[datetime, {"description": "when the oldest was parked"}]
    newest_at: Annotated[datetime, {"description": "when the newest was parked"}]
    newest: Annotated[int, {"description": "the highest number in the group"}]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedBefore:
    """Refused messages that were kept for their time, and are only counted by now."""

    house: str
    sender: str
    reason: ReasonCode
    messages: int
    last_at: Annotated[datetime, {"description": "when the last one was parked"}]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedGroups:
    """The group with the newest message first, and at most 200 groups of each state."""

    waiting: Annotated[tuple[ParkedGroup, ...], {"description": "messages that wait for a person"}]
    answered: Annotated[tuple[ParkedGroup, ...], {"description": "messages whose sender was told the problems"}]
    before: Annotated[tuple[ParkedBefore, ...], {"description": "messages that are deleted, and only counted"}]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedStep:
    """An earlier action of an operator on a parked message."""

    what: Annotated[str, {"description": "looked, corrected, replayed or discarded"}]
    who: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedMessageView(ParkedMessage):
    """A parked message with its structure.

    structure: the message with the kind and length in place of each value, for example `text of 9`; a field name that
    the service does not know is `…` and its position. Null if the message is no JSON object; `unreadable` says why.
    """

    size: Annotated[int, {"description": "bytes"}]
    structure: Any | None
    unreadable: str | None
    history: tuple[ParkedStep, ...]
    may_open: Annotated[bool, {"description": "whether the caller may open and correct it"}]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """The reason of an action. It is stored, so it must hold no personal data."""

    why: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupStep(Reason):
    """A group, and which of its messages: the numbers above `after` up to `newest`, as the group was listed."""

    state: ParkedState
    house: House
    sender: Code
    kind: Kind
    reason: ReasonCode
    newest: Annotated[int, {"description": "`newest` of the group"}]
    after: Annotated[int, {"description": "`next` of the previous step"}] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupStepTaken:
    """One step handles a limited number of messages. `next` is null if the group is done."""

    done: Annotated[int, {"description": "how many messages were handled"}]
    left_out: Annotated[int, {"description": "messages for which it is not possible"}]
    next: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening(Reason):
    original: Annotated[bool, {"description": "the body before the first correction"}] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Reason):
    message: Annotated[Mapping[str, Any], {"description": "the whole message, with the same id and house"}]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedMessage:
    body: Annotated[str, {"description": "bytes that are not UTF-8 are shown as �"}]
