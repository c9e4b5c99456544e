"""The aftercare table's case is seen with a detention."""

from uuid import uuid4

import pytest

from services.aftercare.tests.given import Detainee


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
