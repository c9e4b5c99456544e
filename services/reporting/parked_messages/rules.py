"""The parked messages of all services as one list of groups, in pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Shown(StrEnum):
    """waiting: for a person. answered: the sender was told the problems. counted: answered, and deleted since."""

    WAITING = "waiting"
    ANSWERED = "answered"
    COUNTED = "counted"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupAtService:
    """Messages of a house and sender with the same kind and reason. `kind`, `newest`: null of messages only counted.

    `service`: where they are parked. `newest_at`: when the newest was parked. `newest`: its number, the highest.
    """

    service: str
    house: str
    sender: str
    kind: str | None
    reason: str
    messages: int
    newest_at: datetime
    newest: int | None


class Page(NamedTuple):
    groups: Sequence[GroupAtService]
    next: int | None


def page_of(groups: Sequence[GroupAtService], number: int, size: int) -> Page:
    """A page of the groups, the one with the newest message first. number: from 1."""
    ordered = sorted(
        groups, key=lambda group: (group.newest_at, group.service, group.sender, group.reason), reverse=True
    )
    begin, end = size * (number - 1), size * number
    return Page(ordered[begin:end], number + 1 if end < len(ordered) else None)
