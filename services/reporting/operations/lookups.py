"""The state of the platform, as the monitor knows it."""

from services.reporting.manual.lookups import entry_of
from services.reporting.operations.messages import DeskView, OperationsView, ProblemView, QueueView, ServiceView
from services.reporting.operations.rules import Monitor
from services.reporting.problems.rules import PlatformProblem
from services.reporting.watch.rules import DeskState, QueueState, ServiceState


def operations(monitor: Monitor, after: float) -> OperationsView:
    """The latest picture with its problems, and the throughput later than `after` (seconds since the epoch)."""
    picture, now = monitor.picture, monitor.throughput_now()
    return OperationsView(
        at=picture.at if picture else None,
        problems=tuple(_problem_view(problem) for problem in monitor.problems),
        services=tuple(_service_view(service, now[service.name]) for service in picture.services) if picture else (),
        queues=tuple(_queue_view(queue) for queue in picture.queues) if picture else (),
        desk=_desk_view(picture.desk) if picture and picture.desk else None,
        upkeep=picture.upkeep if picture else None,
        throughput=tuple(monitor.throughput_after(after)),
    )


def _problem_view(problem: PlatformProblem) -> ProblemView:
    return ProblemView(
        concern=problem.concern,
        about=problem.about,
        since=problem.since,
        amount=problem.amount,
        manual=entry_of(problem.concern, problem.about, problem.amount),
    )


def _service_view(service: ServiceState, per_second: float) -> ServiceView:
    return ServiceView(
        name=service.name,
        up=not service.silent,
        relay_up=None if service.relays_silent is None else not service.relays_silent,
        came_in=service.came_in,
        went_out=service.went_out,
        waits=service.waits,
        outbox_waits=service.outbox_waits,
        parked=service.parked,
        postponed=service.postponed,
        oldest_seconds=service.oldest_seconds,
        per_second=per_second,
    )


def _desk_view(desk: DeskState) -> DeskView:
    return DeskView(up=not desk.silent, asked=desk.asked, failing=desk.failing)


def _queue_view(queue: QueueState) -> QueueView:
    return QueueView(
        name=queue.name,
        group=queue.group,
        came_in=queue.came_in,
        went_out=queue.went_out,
        waits=queue.waits,
        parked=queue.parked,
        postponed=queue.postponed,
        oldest_seconds=queue.oldest_seconds,
    )
