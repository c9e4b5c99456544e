"""The aftercare table's case is seen with a detention."""

from collections.abc import Iterable
from itertools import permutations
from typing import Any
from uuid import uuid4

import pytest
from uuid_utils.compat import uuid7

from services.aftercare.tests.given import Detainee
from shared.testing.service import RunningService


@pytest.mark.parametrize("first", ["detention", "table case"])
def test_a_table_case_is_seen_with_the_detention_whichever_is_heard_first(first: str, detainee: Detainee) -> None:
    table_case_id = uuid4()
    if first == "detention":
        path = detainee.detained()
        detainee.opened(table_case_id)
    else:
        detainee.opened(table_case_id)
        path = detainee.detained()
    opened = {"tableCaseId": str(table_case_id), "openedOn": "2015-03-10", "closedOn": None}
    assert detainee.table_case(path) == opened
    detainee.closed(table_case_id)
    assert detainee.table_case(path) == opened | {"closedOn": "2015-09-01"}


def test_a_closing_that_is_heard_before_its_opening_is_not_undone_by_it(detainee: Detainee) -> None:
    path, table_case_id = detainee.detained(), uuid4()
    detainee.closed(table_case_id)
    detainee.opened(table_case_id)
    assert detainee.table_case(path) == {
        "tableCaseId": str(table_case_id),
        "openedOn": "2015-03-10",
        "closedOn": "2015-09-01",
    }


def test_the_running_table_case_is_seen_rather_than_one_that_is_closed(detainee: Detainee) -> None:
    path, closed, running = detainee.detained(), uuid4(), uuid4()
    detainee.opened(closed)
    detainee.closed(closed)
    detainee.opened(running)
    assert detainee.table_case(path)["tableCaseId"] == str(running)


def test_a_table_case_of_an_earlier_time_has_nothing_to_do_with_the_detention(detainee: Detainee) -> None:
    path, before = detainee.detained(), uuid4()
    detainee.opened(before)
    detainee.closed(before, on="2015-03-01")
    assert detainee.table_case(path) is None


def test_cases_of_other_tables_are_none_of_its_business(detainee: Detainee) -> None:
    path, focus = detainee.detained(), uuid4()
    detainee.opened(focus, table="focus")
    detainee.closed(focus, table="focus")
    assert detainee.table_case(path) is None


OPENED = ("table-cases.opened.v1", {"openedOn": "2015-03-10"})
WITHDRAWN = ("table-cases.withdrawn.v1", {"withdrawnOn": "2015-03-12"})
CLOSED = ("table-cases.closed.v1", {"closedOn": "2015-09-01"})
CORRECTED = ("closings.corrected.v1", {"closedOn": "2015-08-20", "correctedOn": "2015-09-03"})
REOPENED = ("closings.withdrawn.v1", {"withdrawnOn": "2015-09-04"})
Told = tuple[str, dict[str, str]]


@pytest.mark.parametrize(
    ("story", "seen"),
    [
        ([OPENED, CLOSED, CORRECTED], {"openedOn": "2015-03-10", "closedOn": "2015-08-20"}),
        ([OPENED, CLOSED, REOPENED], {"openedOn": "2015-03-10", "closedOn": None}),
        ([CLOSED, CORRECTED, REOPENED, CLOSED], {"openedOn": None, "closedOn": "2015-09-01"}),
        ([OPENED, WITHDRAWN], None),
        ([OPENED, CLOSED, WITHDRAWN], None),
    ],
)
def test_what_meetings_takes_back_is_taken_back_in_whatever_order_it_is_heard(
    story: list[Told], seen: dict[str, Any] | None, aftercare: RunningService
) -> None:
    """Of a story later events have greater ids, as meetings' have."""
    heard = [told_in(order, story, aftercare) for order in permutations(range(len(story)))]
    assert heard == [seen] * len(heard)


def told_in(order: Iterable[int], story: list[Told], aftercare: RunningService) -> Any:
    """How a table case is seen with a detention, once its events were heard in this order."""
    events = [(uuid7(), told) for told in story]
    detainee, table_case_id = Detainee(aftercare), str(uuid4())
    path = detainee.detained()
    for id, (type, fields) in [events[place] for place in order]:
        data = {"tableCaseId": table_case_id, "table": "aftercare"} | fields
        aftercare.send("meetings", type, data, case_id=detainee.case_id, id=id)
    seen = detainee.table_case(path)
    return seen and {name: value for name, value in seen.items() if name != "tableCaseId"}


def test_a_case_that_never_came_to_the_table_is_not_known(detainee: Detainee, aftercare: RunningService) -> None:
    data = {"tableCaseId": str(uuid4()), "table": "aftercare"}
    for type, fields in (OPENED, WITHDRAWN):
        aftercare.send("meetings", type, data | fields, case_id=detainee.case_id)
    Detainee(aftercare).detained()
    wanted = {"caseId": str(detainee.case_id), "transitionHouse": "gouda", "askedOn": "2015-01-02"}
    assert aftercare.post("/v1/stays", wanted).body["errors"][0]["code"] == "unknown_case"
