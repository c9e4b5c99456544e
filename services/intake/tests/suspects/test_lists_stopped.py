"""Somebody of the house sees it when the daily list of suspects comes no more."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from services.intake import metrics
from services.intake.house import ExpectedLists
from services.intake.suspects.rules import last_day, lists_stopped
from services.intake.tests.desk import Desk
from services.intake.tests.given import HOUSE, NOW, PROSECUTOR
from services.intake.tests.suspects.test_suspects import DAY, send
from services.intake.work.lookups import count_overdue, suspect_lists
from shared.testing.callers import token_caller
from shared.web.work import WorkItem

DIRECTOR = token_caller("director", "noord", {"process_director"})
MONDAYS = ExpectedLists(weekdays=frozenset({0}), missed=2)


@pytest.mark.parametrize(
    ("last_on", "expected", "due_on"),
    [
        (date(2015, 6, 1), ExpectedLists(), date(2015, 6, 3)),
        (date(2015, 5, 29), ExpectedLists(missed=1), date(2015, 6, 1)),
        (date(2015, 4, 2), ExpectedLists(), date(2015, 4, 8)),
        (date(2015, 6, 1), MONDAYS, date(2015, 6, 15)),
        (date(2015, 3, 30), MONDAYS, date(2015, 4, 20)),
    ],
)
def test_weekends_holidays_and_days_on_which_no_list_comes_do_not_count(
    last_on: date, expected: ExpectedLists, due_on: date
) -> None:
    assert last_day(last_on, expected) == due_on


def test_a_partner_that_never_sent_a_list_owes_one_only_if_the_profile_expects_it() -> None:
    assert list(lists_stopped(HOUSE, {}, DAY)) == []
    expecting = replace(HOUSE, suspect_lists=ExpectedLists(expected_from=DAY))
    assert list(lists_stopped(expecting, {}, DAY + timedelta(days=1))) == []
    [stopped] = lists_stopped(expecting, {}, DAY + timedelta(days=2))
    assert (stopped.partner, stopped.due_on) == (PROSECUTOR.id, date(2015, 6, 2))


def test_a_list_of_before_the_day_from_which_lists_are_expected_counts_no_more() -> None:
    later = replace(HOUSE, suspect_lists=ExpectedLists(expected_from=date(2015, 9, 1)))
    assert list(lists_stopped(later, {PROSECUTOR.id: DAY}, date(2015, 8, 31))) == []


def test_who_sends_lists_no_more_by_the_profile_owes_none() -> None:
    assert list(lists_stopped(HOUSE, {"politie": DAY}, date(2015, 9, 1))) == []


def test_lists_that_stop_are_work_and_in_the_figure_until_one_comes(desk: Desk) -> None:
    send(desk)
    assert seen(desk, days=2) == ([], 0)
    stopped = WorkItem(kind="suspect_lists_stopped", object_id="om", since=DAY, due_on=date(2015, 6, 3), overdue=True)
    assert seen(desk, days=3) == ([stopped], 1)
    send(desk, on=DAY - timedelta(days=3))
    assert seen(desk, days=3) == ([stopped], 1)
    desk.rows("UPDATE suspect_lists SET listed_on = '2015-06-03' RETURNING 1")
    assert seen(desk, days=3) == ([], 0)


def seen(desk: Desk, days: int) -> tuple[list[WorkItem], float]:
    """The director's work so many days later, and the figure."""
    with desk.unit() as unit:
        moment = NOW + timedelta(days=days)
        later = replace(unit, now=partial(max, moment, moment))
        count_overdue(later)
        work = list(suspect_lists(DIRECTOR, later))
    return work, sum(sample.value for metric in metrics.LISTS_STOPPED.collect() for sample in metric.samples)
