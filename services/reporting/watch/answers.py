"""What the processes of the platform answer when they are asked for their metrics."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from services.reporting.counters.rules import Reading, Readings

BROKER, DESK = "broker", "desk"
RELAY, DATABASE = "-relay", "-postgres"
ROUTINE = ("/health/", "/metrics", "/static/")
"""Routes of the desk that no person asks for by itself."""


class Sample(NamedTuple):
    """One value of a process's metrics."""

    name: str
    labels: Mapping[str, str]
    value: float


class Replica(NamedTuple):
    """One process of a service or relay, or one node of the broker. samples: None if it does not answer."""

    address: str
    samples: Sequence[Sample] | None


Answers = Mapping[str, Sequence[Replica]]
"""The replicas that were asked, by the name of their target: `intake`, `intake-relay`, `desk`, `broker`."""


def services_among(targets: Iterable[str]) -> list[str]:
    """The targets that are neither the broker, nor the desk, nor a relay, nor a database."""
    return [name for name in targets if name not in (BROKER, DESK) and not name.endswith((RELAY, DATABASE))]


def samples_of(answers: Answers, target: str) -> list[Sample]:
    return [sample for replica in answers.get(target, ()) for sample in replica.samples or ()]


def silent(answers: Answers, target: str) -> int:
    """How many replicas of a target do not answer; 1 if there is nobody to ask."""
    replicas = answers.get(target, ())
    return sum(replica.samples is None for replica in replicas) if replicas else 1


def highest(samples: Iterable[Sample], name: str, queue: str | None = None) -> float | None:
    """Of all samples with this name and queue; None without any."""
    return max(
        (each.value for each in samples if each.name == name and each.labels.get("queue") == queue), default=None
    )


def total(samples: Iterable[Sample], name: str, status: str = "") -> float:
    """Of all samples of this name, and with a status that begins so."""
    return sum(each.value for each in samples if each.name == name and each.labels.get("status", "").startswith(status))


def pages_asked(samples: Iterable[Sample], status: str = "") -> float:
    """Requests of people to the desk, by a status that begins so."""
    pages = (each for each in samples if not each.labels.get("route", "").startswith(ROUTINE))
    return total(pages, "desk_requests_total", status)


def readings_of(answers: Answers, at: float) -> Readings:
    """The counters of every process that answers, by figure: `taken by intake`, `published to partner.a.ggd.out`."""
    values: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for target, replicas in answers.items():
        for replica in replicas:
            for process, figure, value in _counters(target, replica):
                values[process][figure] += value
    return {process: Reading(at, dict(counters)) for process, counters in values.items()}


def _counters(target: str, replica: Replica) -> Iterator[tuple[str, str, float]]:
    for name, labels, value in replica.samples or ():
        # a message that was postponed is counted when it is done
        if name == "messaging_consumed_total" and labels["outcome"] != "postponed":
            yield replica.address, f"taken by {target}", value
            yield replica.address, f"taken from {labels['queue']}", value
            if labels["outcome"] == "rejected":
                yield replica.address, f"refused from {labels['queue']}", value
        elif name == "messaging_published_total":
            yield replica.address, f"published by {target.removesuffix(RELAY)}", value
        elif name == "rabbitmq_detailed_queue_messages_published_total":
            # a channel's counters end with the channel
            yield f"{replica.address} {labels['channel']}", f"published to {labels['queue']}", value
