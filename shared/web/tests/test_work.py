"""What waits for a caller comes in one order, whatever kind of work it is, and only to who may do it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from shared.messaging.storage import Group, Selection
from shared.testing.callers import token_caller
from shared.web import Action, Call
from shared.web.work import Kind, WorkItem, WorkList, WorkQuery, work_of

TODAY = date(2015, 3, 10)
DIRECT, COORDINATE = Action("direct plans", {"process_director"}), Action("coordinate", {"aftercare_coordinator"})
PARKED = [
    Group(
        house=house,
        sender="dji",
        kind="rejected",
        reason="unknown_partner",
        messages=messages,
        oldest_at=datetime(2015, 3, day, 23, 30, tzinfo=UTC),
        newest_at=datetime(2015, 3, 9, tzinfo=UTC),
        newest=1,
    )
    for house, messages, day in (("noord", 3, 4), ("zuid", 40, 2))
]


class Plans:
    """A service in which groups of messages are parked."""

    name = "plans"

    @property
    def units(self) -> Any:
        return SimpleNamespace(lookup=self.lookup, parking=self.parking)

    @contextmanager
    def lookup(self) -> Iterator[None]:
        yield

    @contextmanager
    def parking(self) -> Iterator[Any]:
        yield SimpleNamespace(groups=self.groups)

    def groups(self, selection: Selection) -> list[Group]:
        assert not selection.answered
        return [group for group in PARKED if selection.house in (None, group.house)]


def item(kind: str, id: str, since: str, *, due_on: str | None = None) -> WorkItem:
    due = date.fromisoformat(due_on) if due_on else None
    overdue = bool(due and due < TODAY)
    return WorkItem(kind=kind, object_id=id, since=date.fromisoformat(since), due_on=due, overdue=overdue)


PLANS = [
    item("plan", "b", "2015-03-01", due_on="2015-03-09"),
    item("plan", "a", "2015-03-03", due_on="2015-03-10"),
    item("plan", "c", "2015-03-03"),
]
RIDES = [item("ride", "a", "2015-02-01", due_on="2015-02-02"), item("ride", "d", "2015-01-01")]


def finding(items: Iterable[WorkItem]) -> Any:
    return lambda caller, lookup: items


def asked(*roles: str, house: str = "noord", **query: Any) -> WorkList:
    offer = work_of(Kind(DIRECT, finding(PLANS)), Kind(COORDINATE, finding(RIDES)))
    caller = token_caller("somebody", house, roles)
    answer: WorkList = offer.function(Call(input=WorkQuery(**query), caller=caller, correlation_id=uuid4()), Plans())
    return answer


def found(work: WorkList) -> list[str]:
    return [f"{each.kind} {each.object_id}" for each in work.items]


def test_what_is_overdue_comes_first_and_then_what_waits_longest() -> None:
    everything = found(asked("process_director", "aftercare_coordinator"))
    assert everything == ["ride a", "plan b", "ride d", "plan a", "plan c"]


def test_each_caller_is_shown_the_work_of_its_own_functions() -> None:
    assert found(asked("process_director")) == ["plan b", "plan a", "plan c"]
    assert found(asked("aftercare_coordinator")) == ["ride a", "ride d"]
    assert found(asked("reader")) == []


def test_the_pages_are_the_list_also_when_something_is_done_meanwhile() -> None:
    first = asked("process_director", "aftercare_coordinator", limit=2)
    assert found(first) == ["ride a", "plan b"]
    without_rides = asked("process_director", limit=2, cursor=first.next)
    assert (found(without_rides), without_rides.next) == (["plan a", "plan c"], None)
    assert found(asked("process_director", cursor="anything")) == []


def test_parked_messages_wait_for_who_may_see_to_them() -> None:
    [everywhere], [own] = asked("operator").items, asked("parking_officer").items
    assert (everywhere.kind, everywhere.object_id, everywhere.count) == ("parked_messages", "plans", 43)
    assert (own.count, own.since) == (3, date(2015, 3, 5)), "half past eleven in London is the next day here"
    assert asked("parking_officer", house="west").items == ()
    roles = work_of(Kind(DIRECT, finding(()))).action.roles
    assert roles == {"process_director", "operator", "parking_officer"}
