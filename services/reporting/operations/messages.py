"""The state of the platform, as operators look it up."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from services.reporting.manual.messages import ManualEntry
from services.reporting.problems.rules import Concern
from services.reporting.watch.rules import Group
from services.reporting.watch.upkeep import Upkeep


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationsQuery:
    after: Annotated[float, {"description": "only throughput later than this, epoch seconds"}] = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceView:
    name: str
    up: Annotated[bool, {"description": "whether every worker answers"}]
    relay_up: Annotated[bool | None, {"description": "whether every relay answers; null: it has none"}]
    came_in: int
    went_out: int
    waits: int
    outbox_waits: int
    parked: int
    postponed: int
    oldest_seconds: float
    per_second: Annotated[float, {"description": "messages that it takes a second, now"}]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueView:
    name: str
    group: Group
    came_in: int
    went_out: int
    waits: int
    parked: int
    postponed: int
    oldest_seconds: Annotated[float, {"description": "an upper bound"}]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskView:
    """The pages for people. `failing`: the share of the requests that ended with a 5xx."""

    up: Annotated[bool, {"description": "whether every replica answers"}]
    asked: Annotated[int, {"description": "requests of people in the last five minutes"}]
    failing: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemView:
    concern: Concern
    about: Annotated[str, {"description": "a service or a queue"}]
    since: datetime
    amount: Annotated[float, {"description": "messages; seconds where something waits long; a share of requests"}]
    manual: Annotated[ManualEntry, {"description": "what the operators' manual says of it"}]


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationsView:
    """The state at a moment. Totals are since the processes started, or since reporting did, whichever came last."""

    at: Annotated[datetime | None, {"description": "null until all were asked"}]
    problems: tuple[ProblemView, ...]
    services: tuple[ServiceView, ...]
    queues: tuple[QueueView, ...]
    desk: Annotated[DeskView | None, {"description": "null where nobody signs in"}]
    upkeep: Annotated[Upkeep | None, {"description": "null until all were asked"}]
    throughput: Annotated[
        tuple[tuple[float, ...], ...],
        {"description": "of the last hour: seconds since the epoch, then messages a second of each service"},
    ]
