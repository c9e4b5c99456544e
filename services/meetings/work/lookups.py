"""What waits for a process director."""

from collections.abc import Iterator

from services.meetings.house import House
from services.meetings.work.store import WorkStore
from shared.unit import Lookup
from shared.web import Caller
from shared.web.work import WorkItem


def moments_due(caller: Caller, lookup: Lookup[House]) -> Iterator[WorkItem]:
    """The moments at which a case holder must be asked by today whether the plan still stands."""
    for moment in lookup.store(WorkStore).moments_due(caller.house, lookup.today):
        yield WorkItem(
            kind="monitoring_moment",
            object_id=str(moment.moment_id),
            case_id=moment.case_id,
            since=moment.due_on,
            due_on=moment.due_on,
            overdue=moment.due_on < lookup.today,
        )


def without_session(caller: Caller, lookup: Lookup[House]) -> Iterator[WorkItem]:
    """The table cases that a decision opened and of which no session is planned or held."""
    for found in lookup.store(WorkStore).without_session(caller.house):
        yield WorkItem(
            kind="table_case_without_session",
            object_id=str(found.table_case_id),
            case_id=found.case_id,
            since=found.opened_on,
        )
