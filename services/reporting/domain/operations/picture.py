"""The state of the platform at one moment, as the operators' page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Sample(NamedTuple):
    """One value that a process tells of itself."""

    name: str
    labels: Mapping[str, str]
    value: float


class Group(StrEnum):
    """Whose queue it is."""

    SERVICE = "service"
    FROM_PARTNER = "from_partner"
    TO_PARTNER = "to_partner"
    DEAD_LETTERS = "dead_letters"


@dataclass(frozen=True, kw_only=True)
class QueueState:
    """`oldest_seconds` is an upper bound: the oldest message has waited no longer than that."""

    name: str
    group: Group
    came_in: int
    went_out: int
    waits: int
    parked: int
    postponed: int
    postponed_oldest_seconds: float
    oldest_seconds: float


@dataclass(frozen=True, kw_only=True)
class ServiceState:
    """A service and its relay, if it has one. `waits` and `oldest_seconds` are of its own queues and its outbox.

    `pauses`: the reasons for which it paused in the last minute.
    """

    name: str
    up: bool
    relay_up: bool | None
    came_in: int
    went_out: int
    waits: int
    outbox_waits: int
    outbox_oldest_seconds: float
    parked: int
    postponed: int
    oldest_seconds: float
    pauses: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Picture:
    at: datetime
    broker_up: bool
    services: Sequence[ServiceState]
    queues: Sequence[QueueState]


class Concern(StrEnum):
    """What may need a person."""

    BROKER_DOWN = "broker_down"
    SERVICE_DOWN = "service_down"
    RELAY_DOWN = "relay_down"
    BRAKED = "braked"
    PAUSES = "pauses"
    DEAD_LETTERS = "dead_letters"
    PARKED = "parked"
    QUEUE_WAITS_LONG = "queue_waits_long"
    OUTBOX_WAITS_LONG = "outbox_waits_long"
    POSTPONED_WAITS_LONG = "postponed_waits_long"
    PARTNER_DOES_NOT_FETCH = "partner_does_not_fetch"


@dataclass(frozen=True)
class Problem:
    """`about`: the service or queue. `amount`: messages or, where something waits long, seconds."""

    concern: Concern
    about: str
    since: datetime
    amount: float
