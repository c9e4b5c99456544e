"""The processes, and whether each may be restarted now."""

from collections.abc import Sequence

from services.reporting.operations.rules import Monitor
from services.reporting.processes.messages import ProcessView
from services.reporting.processes.rules import Kind, ProcessState, Surroundings, restart
from shared.postgres import as_row


def processes(monitor: Monitor, found: Sequence[ProcessState]) -> list[ProcessView]:
    return [_view(process, found, _around(process, monitor)) for process in found]


def _around(process: ProcessState, monitor: Monitor) -> Surroundings:
    """Of what was measured last; without a measurement nothing is in the way."""
    picture = monitor.picture
    if picture is None:
        return Surroundings(database_works=True, broker_works=True)
    full = [service.name for service in picture.services if not service.can_write]
    database_works = process.service not in full and not any("database" in problem for problem in process.problems)
    broker_answers = process.kind is Kind.BROKER or not picture.broker_silent
    broker_works = process.kind is Kind.DESK or (broker_answers and not picture.alarms)
    return Surroundings(database_works=database_works, broker_works=broker_works)


def _view(process: ProcessState, found: Sequence[ProcessState], around: Surroundings) -> ProcessView:
    advice = restart(process, [each for each in found if each.name == process.name], around)
    values = as_row(process) | {"problems": tuple(process.problems)}
    ready = process.answers and not process.problems
    return ProcessView(**values, ready=ready, restart=advice.answer, restart_why=advice.why)
