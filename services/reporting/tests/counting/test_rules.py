from datetime import date

import pytest

from services.reporting.counting.rules import mean, months_later, percentage


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2015, 1, 15), 6, date(2015, 7, 15)),
        (date(2015, 8, 31), 6, date(2016, 2, 29)),
        (date(2015, 12, 1), 1, date(2016, 1, 1)),
        (date(2015, 3, 31), 6, date(2015, 9, 30)),
    ],
)
def test_a_month_that_has_no_such_day_ends_on_its_last(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_halves_are_rounded_up() -> None:
    assert percentage(1, 16) == 6.3
    assert mean([0, 0, 0, 1]) == 0.3
