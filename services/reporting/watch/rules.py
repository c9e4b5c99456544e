"""Makes a picture of the platform out of the metrics of its processes, time after time."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

from services.reporting.counters.rules import Growth, OldestMessages, RecentGrowth, Totals

BROKER = "broker"
RELAY = "-relay"
DEAD_LETTERS = "dead-letters"
KEPT_PICTURES = 1800
"""An hour of one each two seconds."""
LOGINS_WITHIN, REQUESTS_WITHIN = 600.0, 300.0
"""Seconds in which failed log-ins and requests are counted, as by the alerts."""


class Sample(NamedTuple):
    """One value of a process's metrics."""

    name: str
    labels: Mapping[str, str]
    value: float


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
    """A service and its relay, if it has one. `waits` and `oldest_seconds` are of its own queues and its outbox.

    `pauses`: the reasons for which it paused in the last minute. `can_write`: whether its database can write.
    `failing`: the share of its requests that ended with a 5xx lately.
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
    can_write: bool
    failing: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The state of the platform at one moment. failed_logins: at the broker, lately."""

    at: datetime
    broker_up: bool
    alarms: Sequence[Alarm]
    failed_logins: float
    services: Sequence[ServiceState]
    queues: Sequence[QueueState]


Answers = Mapping[str, Sequence[Sample] | None]
"""The metrics of each process, by the name of its target; None for a process that did not answer."""


class Watch:
    """Remembers between two moments: totals, ages, and the last hour's throughput."""

    def __init__(self, targets: Iterable[str]) -> None:
        names = list(targets)
        self.services = services_among(names)
        self._relays = {name for name in names if name.endswith(RELAY)}
        self.points: deque[tuple[float, ...]] = deque(maxlen=KEPT_PICTURES)
        self.picture: Picture | None = None
        self._totals = Totals()
        self._oldest = OldestMessages()
        self._pauses = RecentGrowth()
        self._failed_logins, self._requests = Growth(LOGINS_WITHIN), Growth(REQUESTS_WITHIN)
        self._waits: dict[str, int] = {}

    def observe(self, now: float, answers: Answers) -> Picture:
        """Take in the metrics of a moment (seconds since the epoch)."""
        before = self.picture
        for service in self.services:
            self._count(service, answers.get(service), answers.get(service + RELAY))
        self._count_broker(answers.get(BROKER))
        queues = [self._queue(name, now, answers) for name in sorted(self._waits)]
        self.picture = Picture(
            at=datetime.fromtimestamp(now, UTC),
            broker_up=answers.get(BROKER) is not None,
            alarms=[ALARMS[each.name] for each in answers.get(BROKER) or () if each.name in ALARMS and each.value],
            failed_logins=self._lately_failed_logins(now, answers.get(BROKER)),
            services=[self._service(name, now, answers, queues) for name in self.services],
            queues=queues,
        )
        if before is not None:
            self.points.append(_point(before, self.picture))
        return self.picture

    def points_after(self, moment: float) -> list[tuple[float, ...]]:
        """Seconds since the epoch, then messages a second that each service took."""
        return [point for point in self.points if point[0] > moment]

    def _count(self, service: str, worker: Sequence[Sample] | None, relay: Sequence[Sample] | None) -> None:
        for sample in worker or ():
            # a message that was postponed is counted when it is done
            if sample.name == "messaging_consumed_total" and sample.labels["outcome"] != "postponed":
                queue, outcome = sample.labels["queue"], sample.labels["outcome"]
                self._totals.add(f"taken from {queue}", outcome, sample.value)
                self._totals.add(f"taken by {service}", (queue, outcome), sample.value)
        for sample in relay or ():
            if sample.name == "messaging_published_total":
                self._totals.add(f"published by {service}", sample.labels["exchange"], sample.value)

    def _count_broker(self, broker: Sequence[Sample] | None) -> None:
        for sample in broker or ():
            if sample.name == "rabbitmq_detailed_queue_messages":
                self._waits[sample.labels["queue"]] = round(sample.value)
            elif sample.name == "rabbitmq_detailed_queue_messages_published_total":
                queue = sample.labels["queue"]
                publisher = (sample.labels["channel"], sample.labels["exchange"])
                self._totals.add(f"published to {queue}", publisher, sample.value)

    def _queue(self, name: str, now: float, answers: Answers) -> QueueState:
        reader = reader_of(name, self.services)
        samples = answers.get(reader) if reader else None
        waits, postponed = self._waits[name], round(_value(samples, "messaging_postponed", name) or 0)
        came_in, went_out = self._flow(name, reader, waits + postponed)
        waited = _value(samples, "messaging_queue_waiting_seconds", name)
        return QueueState(
            name=name,
            group=group_of(name, reader),
            came_in=came_in,
            went_out=went_out,
            waits=waits,
            parked=round(_value(samples, "messaging_parked", name) or 0),
            postponed=postponed,
            postponed_oldest_seconds=_value(samples, "messaging_postponed_oldest_seconds", name) or 0.0,
            oldest_seconds=self._oldest.observe(name, now, waits=waits, went_out=went_out, waited_seconds=waited),
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
        relay = answers.get(name + RELAY)
        outbox_waits = round(_value(relay, "messaging_outbox_waiting") or 0)
        outbox_oldest = _value(relay, "messaging_outbox_oldest_seconds") or 0.0
        return ServiceState(
            name=name,
            up=answers.get(name) is not None,
            relay_up=relay is not None if name + RELAY in self._relays else None,
            came_in=self._totals[f"taken by {name}"],
            went_out=self._totals[f"published by {name}"],
            waits=sum(queue.waits for queue in own) + outbox_waits,
            outbox_waits=outbox_waits,
            outbox_oldest_seconds=outbox_oldest,
            parked=sum(queue.parked for queue in own),
            postponed=sum(queue.postponed for queue in own),
            oldest_seconds=max([outbox_oldest, *(queue.oldest_seconds for queue in own)]),
            pauses=self._recent_pauses(name, now, answers.get(name)),
            can_write=not _value(answers.get(name), "messaging_database_cannot_write"),
            failing=self._lately_failing(name, now, answers.get(name)),
        )

    def _recent_pauses(self, service: str, now: float, worker: Sequence[Sample] | None) -> list[str]:
        counts = {sample.labels["reason"]: sample.value for sample in _pauses(worker)}
        return [reason for reason, count in counts.items() if self._pauses.observe((service, reason), now, count)]

    def _lately_failed_logins(self, now: float, broker: Sequence[Sample] | None) -> float:
        if broker is None:
            return 0.0
        return self._failed_logins.observe(BROKER, now, _sum(broker, "rabbitmq_auth_attempts_failed_total"))

    def _lately_failing(self, service: str, now: float, worker: Sequence[Sample] | None) -> float:
        """The share of requests that ended with a 5xx."""
        if worker is None:
            return 0.0
        asked, failed = (
            self._requests.observe((service, status), now, _sum(worker, "http_requests_total", status))
            for status in ("", "5")
        )
        return failed / asked if asked else 0.0


def services_among(targets: Iterable[str]) -> list[str]:
    """The targets that are neither the broker nor a relay."""
    return [name for name in targets if name != BROKER and not name.endswith(RELAY)]


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


def _value(samples: Sequence[Sample] | None, name: str, queue: str | None = None) -> float | None:
    for sample in samples or ():
        if sample.name == name and sample.labels.get("queue") == queue:
            return sample.value
    return None


def _sum(samples: Sequence[Sample], name: str, status: str = "") -> float:
    """Of all samples of this name, and with a status that begins so."""
    return sum(each.value for each in samples if each.name == name and each.labels.get("status", "").startswith(status))


def _pauses(samples: Sequence[Sample] | None) -> Iterable[Sample]:
    return (sample for sample in samples or () if sample.name == "messaging_pauses_total")


def _point(before: Picture, after: Picture) -> tuple[float, ...]:
    seconds = (after.at - before.at).total_seconds() or 1.0
    taken = {service.name: service.came_in for service in before.services}
    rates = (round((service.came_in - taken[service.name]) / seconds, 1) for service in after.services)
    return (after.at.timestamp(), *rates)
