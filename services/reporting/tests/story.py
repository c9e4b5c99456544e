"""What the processes of a platform tell, moment after moment."""

from collections.abc import Sequence

from services.reporting.problems.rules import Assessment, Concern
from services.reporting.watch.answers import Replica, Sample
from services.reporting.watch.rules import Picture, QueueState, ServiceState, Watch

TARGETS = ["intake", "intake-relay", "weighing", "weighing-relay", "reporting", "desk", "broker"]
INGRESS, OUT = "intake.from.some-house.ggd", "partner.some-house.ggd.out"


def taken(count: int, queue: str = "intake", outcome: str = "done") -> Sample:
    return Sample("messaging_consumed_total", {"queue": queue, "outcome": outcome}, count)


def waiting(count: int, queue: str = "intake") -> Sample:
    return Sample("rabbitmq_detailed_queue_messages", {"vhost": "v", "queue": queue}, count)


def published(count: int, channel: str = "<1>", queue: str = OUT) -> Sample:
    labels = {"channel": channel, "queue": queue, "exchange": "partners"}
    return Sample("rabbitmq_detailed_queue_messages_published_total", labels, count)


Moment = dict[str, Sequence[Replica]]


def metrics_of(*broker: Sample, intake: Sequence[Sample] | None = (), relay: Sequence[Sample] | None = ()) -> Moment:
    told = {"intake": intake, "intake-relay": relay, "weighing": (), "weighing-relay": (), "reporting": (), "desk": ()}
    return {name: [Replica(name, samples)] for name, samples in (told | {"broker": broker or None}).items()}


def replicas_of(target: str, *told: Sequence[Sample] | None) -> Moment:
    """What each of several replicas tells."""
    return {target: [Replica(f"{target}-{number}", samples) for number, samples in enumerate(told)]}


class Story:
    """Moments one after the other, two seconds apart unless told."""

    def __init__(self) -> None:
        self.watch = Watch(TARGETS)
        self.assessment = Assessment()
        self.now = 1000.0
        self.concerns: list[tuple[Concern, str]] = []

    def then(self, moment: Moment, after: float = 2.0) -> Picture:
        self.now += after
        picture = self.watch.observe(self.now, moment)
        self.concerns = [(problem.concern, problem.about) for problem in self.assessment.assess(picture)]
        return picture


def queue(picture: Picture, name: str = "intake") -> QueueState:
    return next(queue for queue in picture.queues if queue.name == name)


def service(picture: Picture, name: str = "intake") -> ServiceState:
    return next(service for service in picture.services if service.name == name)
