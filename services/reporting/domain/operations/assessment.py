"""What of a picture needs a person, and since when."""

from collections.abc import Iterator
from datetime import datetime

from services.reporting.domain.operations.picture import Concern, Group, Picture, Problem, QueueState, ServiceState

LONG_IN_QUEUE = 60.0
LONG_IN_OUTBOX = 30.0
LONG_AT_PARTNER = 3600.0
LONG_POSTPONED = 300.0
PATIENCE = {
    Concern.BROKER_DOWN: 4.0,
    Concern.SERVICE_DOWN: 4.0,
    Concern.RELAY_DOWN: 4.0,
    Concern.PAUSES: 60.0,
}
"""How long, in seconds, something may be so before a person is troubled with it; 0 where nothing stands here."""

Found = tuple[Concern, str, float]


class Assessment:
    """Remembers since when things are not as they should be."""

    def __init__(self) -> None:
        self._since: dict[tuple[Concern, str], datetime] = {}

    def assess(self, picture: Picture) -> list[Problem]:
        """The problems of this moment, the worst first."""
        found = list(findings(picture))
        self._since = {(concern, about): self._since.get((concern, about), picture.at) for concern, about, _ in found}
        problems = [Problem(concern, about, self._since[concern, about], amount) for concern, about, amount in found]
        order = list(Concern)
        lasting = [each for each in problems if _lasts(each, picture.at)]
        return sorted(lasting, key=lambda problem: (order.index(problem.concern), problem.since))


def findings(picture: Picture) -> Iterator[Found]:
    """All that is not as it should be, however short."""
    if not picture.broker_up:
        yield Concern.BROKER_DOWN, "broker", 0.0
    for service in picture.services:
        yield from _of_service(service)
    for queue in picture.queues:
        yield from _of_queue(queue)


def _of_service(service: ServiceState) -> Iterator[Found]:
    if not service.up:
        yield Concern.SERVICE_DOWN, service.name, 0.0
    if service.relay_up is False:
        yield Concern.RELAY_DOWN, service.name, 0.0
    if "braked" in service.pauses:
        yield Concern.BRAKED, service.name, 0.0
    if set(service.pauses) - {"braked"}:
        yield Concern.PAUSES, service.name, 0.0
    if service.outbox_oldest_seconds > LONG_IN_OUTBOX:
        yield Concern.OUTBOX_WAITS_LONG, service.name, service.outbox_oldest_seconds


def _of_queue(queue: QueueState) -> Iterator[Found]:
    if queue.parked:
        yield Concern.PARKED, queue.name, queue.parked
    if queue.postponed_oldest_seconds > LONG_POSTPONED:
        yield Concern.POSTPONED_WAITS_LONG, queue.name, queue.postponed_oldest_seconds
    if queue.group is Group.DEAD_LETTERS and queue.waits:
        yield Concern.DEAD_LETTERS, queue.name, queue.waits
    elif queue.group is Group.TO_PARTNER and queue.oldest_seconds > LONG_AT_PARTNER:
        yield Concern.PARTNER_DOES_NOT_FETCH, queue.name, queue.oldest_seconds
    elif queue.group in (Group.SERVICE, Group.FROM_PARTNER) and queue.oldest_seconds > LONG_IN_QUEUE:
        yield Concern.QUEUE_WAITS_LONG, queue.name, queue.oldest_seconds


def _lasts(problem: Problem, now: datetime) -> bool:
    return (now - problem.since).total_seconds() >= PATIENCE.get(problem.concern, 0.0)
