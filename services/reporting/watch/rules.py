"""Makes a picture of the platform out of the metrics of its processes, time after time."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial

from services.reporting.counters.ages import OldestMessages
from services.reporting.counters.rules import Growth, Readings, RecentGrowth, Totals
from services.reporting.watch.answers import (
    BROKER,
    DESK,
    RELAY,
    Answers,
    Sample,
    highest,
    pages_asked,
    readings_of,
    samples_of,
    services_among,
    silent,
    total,
)
from services.reporting.watch.upkeep import Upkeep, upkeep_of

DEAD_LETTERS = "dead-letters"
KEPT_PICTURES = 1800
"""An hour of one each two seconds."""
LOGINS_WITHIN, REQUESTS_WITHIN = 600.0, 300.0
"""Seconds in which failed log-ins and requests are counted, as by the alerts."""


class Alarm(StrEnum):
    """What the broker is short of. Until it has more, it takes nothing from anybody."""

    MEMORY = "memory"
    DISK = "disk"


ALARMS = {
    "rabbitmq_alarms_memory_used_watermark": Alarm.MEMORY,
    "rabbitmq_alarms_free_disk_space_watermark": Alarm.DISK,
}


class Group(StrEnum):
    """Whose queue it is."""

    SERVICE = "service"
    FROM_PARTNER = "from_partner"
    TO_PARTNER = "to_partner"
    DEAD_LETTERS = "dead_letters"
    DEAD_LETTERS_OF_PARTNER = "dead_letters_of_partner"


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceState:
    """A service and its relay, if it has one, with all their replicas.

    silent, relays_silent: how many of these do not answer. `waits` and `oldest_seconds`: of its queues and its outbox.
    `pauses`: the reasons for which it paused in the last minute. `can_write`: whether its database can write.
    `failing`: the share of its requests that ended with a 5xx lately.
    """

    name: str
    silent: int
    relays_silent: int | None
    came_in: int
    went_out: int
    waits: int
    outbox_waits: int
    outbox_oldest_seconds: float
    parked: int
    postponed: int
    oldest_seconds: float
    pauses: Sequence[str]
    can_write: bool
    failing: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskState:
    """The pages for people. silent: how many replicas do not answer. asked: requests of people lately. failing: the
    share of them that ended with a 5xx."""

    silent: int
    asked: int
    failing: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The state of the platform at one moment. failed_logins: at the broker, lately.

    desk: None where nobody signs in.
    """

    at: datetime
    broker_silent: int
    alarms: Sequence[Alarm]
    failed_logins: float
    services: Sequence[ServiceState]
    queues: Sequence[QueueState]
    desk: DeskState | None
    upkeep: Upkeep


class Watch:
    """Remembers between two moments: totals, ages, and the last hour's throughput."""

    def __init__(self, targets: Iterable[str]) -> None:
        names = list(dict.fromkeys(targets))
        self.services = services_among(names)
        self._relays = {name for name in names if name.endswith(RELAY)}
        self._has_desk = DESK in names
        self.points: deque[tuple[float, ...]] = deque(maxlen=KEPT_PICTURES)
        self.picture: Picture | None = None
        self.readings: Readings = {}
        self._totals = Totals()
        self.oldest = OldestMessages()
        self._pauses = RecentGrowth()
        self._failed_logins, self._requests = Growth(LOGINS_WITHIN), Growth(REQUESTS_WITHIN)
        self._waits: dict[str, int] = {}

    def observe(self, now: float, answers: Answers) -> Picture:
        """Take in the metrics of a moment (seconds since the epoch)."""
        before = self.picture
        self.readings = readings_of(answers, now)
        self._totals.observe(now, self.readings)
        self._count_waiting(samples_of(answers, BROKER))
        queues = [self._queue(name, now, answers) for name in sorted(self._waits)]
        self.picture = Picture(
            at=datetime.fromtimestamp(now, UTC),
            broker_silent=silent(answers, BROKER),
            alarms=_alarms(samples_of(answers, BROKER)),
            failed_logins=self._lately_failed_logins(now, answers),
            services=[self._service(name, now, answers, queues) for name in self.services],
            queues=queues,
            desk=self._desk(now, answers) if self._has_desk else None,
            upkeep=upkeep_of(answers),
        )
        if before is not None:
            self.points.append(_point(before, self.picture))
        return self.picture

    def points_after(self, moment: float) -> list[tuple[float, ...]]:
        """Seconds since the epoch, then messages a second that each service took."""
        return [point for point in self.points if point[0] > moment]

    def _count_waiting(self, broker: Iterable[Sample]) -> None:
        """Each queue as the node that leads it tells: other nodes may remember it as empty."""
        waits: dict[str, int] = {}
        for sample in broker:
            if sample.name == "rabbitmq_detailed_queue_messages":
                queue = sample.labels["queue"]
                waits[queue] = max(round(sample.value), waits.get(queue, 0))
        self._waits.update(waits)

    def _queue(self, name: str, now: float, answers: Answers) -> QueueState:
        reader = reader_of(name, self.services)
        samples = samples_of(answers, reader) if reader else []
        waits, postponed = self._waits[name], round(highest(samples, "messaging_postponed", name) or 0)
        came_in, went_out = self._flow(name, reader, waits + postponed)
        waited = highest(samples, "messaging_queue_waiting_seconds", name)
        return QueueState(
            name=name,
            group=group_of(name, reader),
            came_in=came_in,
            went_out=went_out,
            waits=waits,
            parked=round(highest(samples, "messaging_parked", name) or 0),
            postponed=postponed,
            postponed_oldest_seconds=highest(samples, "messaging_postponed_oldest_seconds", name) or 0.0,
            oldest_seconds=self.oldest.observe(name, now, waits=waits, gone=came_in - waits, waited_seconds=waited),
        )

    def _flow(self, queue: str, reader: str | None, inside: int) -> tuple[int, int]:
        """How many messages came in and went out. A reader counts what goes out; of other queues the broker counts what
        comes in."""
        if reader:
            went_out = self._totals[f"taken from {queue}"]
            return went_out + inside, went_out
        came_in = max(self._totals[f"published to {queue}"], inside)
        return came_in, came_in - inside

    def _service(self, name: str, now: float, answers: Answers, queues: Sequence[QueueState]) -> ServiceState:
        own = [queue for queue in queues if reader_of(queue.name, self.services) == name]
        relays, workers = samples_of(answers, name + RELAY), samples_of(answers, name)
        outbox_waits = round(total(relays, "messaging_outbox_waiting"))
        outbox_oldest = highest(relays, "messaging_outbox_oldest_seconds") or 0.0
        return ServiceState(
            name=name,
            silent=silent(answers, name),
            relays_silent=silent(answers, name + RELAY) if name + RELAY in self._relays else None,
            came_in=self._totals[f"taken by {name}"],
            went_out=self._totals[f"published by {name}"],
            waits=sum(queue.waits for queue in own) + outbox_waits,
            outbox_waits=outbox_waits,
            outbox_oldest_seconds=outbox_oldest,
            parked=sum(queue.parked for queue in own),
            postponed=sum(queue.postponed for queue in own),
            oldest_seconds=max([outbox_oldest, *(queue.oldest_seconds for queue in own)]),
            pauses=self._recent_pauses(name, now, answers),
            can_write=not highest(workers, "messaging_database_cannot_write"),
            failing=_share(*self._lately(name, now, answers, partial(total, name="http_requests_total"))),
        )

    def _recent_pauses(self, service: str, now: float, answers: Answers) -> list[str]:
        """The reasons for which a worker of the service paused."""
        found = {
            sample.labels["reason"]: None
            for worker in answers.get(service, ())
            for sample in worker.samples or ()
            if sample.name == "messaging_pauses_total"
            and self._pauses.observe((worker.address, sample.labels["reason"]), now, sample.value)
        }
        return list(found)

    def _lately_failed_logins(self, now: float, answers: Answers) -> float:
        return sum(
            self._failed_logins.observe(node.address, now, total(node.samples, "rabbitmq_auth_attempts_failed_total"))
            for node in answers.get(BROKER, ())
            if node.samples is not None
        )

    def _desk(self, now: float, answers: Answers) -> DeskState:
        asked, failed = self._lately(DESK, now, answers, pages_asked)
        return DeskState(silent=silent(answers, DESK), asked=round(asked), failing=_share(asked, failed))

    def _lately(self, target: str, now: float, answers: Answers, count: Callable[..., float]) -> tuple[float, float]:
        """Requests to all replicas of a target, and those that ended with a 5xx. count: of samples, by status."""
        asked, failed = (
            sum(
                self._requests.observe((replica.address, status), now, count(replica.samples, status=status))
                for replica in answers.get(target, ())
                if replica.samples is not None
            )
            for status in ("", "5")
        )
        return asked, failed


def reader_of(queue: str, services: Iterable[str]) -> str | None:
    """The service whose name the queue bears, or begins with before a dot."""
    return next((service for service in services if queue == service or queue.startswith(f"{service}.")), None)


def group_of(queue: str, reader: str | None) -> Group:
    """reader: the service that reads the queue, if one does."""
    if reader:
        return Group.FROM_PARTNER if queue.startswith(f"{reader}.from.") else Group.SERVICE
    if queue.endswith(".dead"):
        return Group.DEAD_LETTERS_OF_PARTNER
    return Group.DEAD_LETTERS if queue == DEAD_LETTERS else Group.TO_PARTNER


def _share(asked: float, failed: float) -> float:
    return failed / asked if asked else 0.0


def _alarms(broker: Iterable[Sample]) -> list[Alarm]:
    """What a node of the broker is short of, each once."""
    return list({ALARMS[each.name]: None for each in broker if each.name in ALARMS and each.value})


def _point(before: Picture, after: Picture) -> tuple[float, ...]:
    seconds = (after.at - before.at).total_seconds() or 1.0
    taken = {service.name: service.came_in for service in before.services}
    rates = (round((service.came_in - taken[service.name]) / seconds, 1) for service in after.services)
    return (after.at.timestamp(), *rates)
