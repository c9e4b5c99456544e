from datetime import date

import pytest

from shared.working_days import is_working_day, next_working_day, working_day_before, working_days_before


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2015, 3, 10), True),
        (date(2015, 3, 14), False),
        (date(2015, 3, 15), False),
        (date(2015, 4, 6), False),
        (date(2015, 4, 27), False),
        (date(2014, 4, 26), False),
        (date(2015, 5, 5), False),
        (date(2016, 5, 5), False),
        (date(2017, 5, 5), True),
        (date(2015, 5, 14), False),
        (date(2015, 12, 25), False),
        (date(2026, 12, 26), False),
        (date(2099, 1, 1), False),
    ],
)
def test_offices_work_on_weekdays_that_are_no_dutch_holiday(day: date, works: bool) -> None:
    assert is_working_day(day) is works


def test_a_working_day_is_its_own_next_and_easter_moves_the_next_to_tuesday() -> None:
    assert next_working_day(date(2015, 4, 7)) == date(2015, 4, 7)
    assert next_working_day(date(2015, 4, 4)) == date(2015, 4, 7)


def test_the_working_day_before_easter_tuesday_is_maundy_thursday() -> None:
    assert working_day_before(date(2015, 4, 7)) == date(2015, 4, 2)


def test_two_working_days_before_tuesday_is_friday() -> None:
    assert working_days_before(date(2015, 3, 17), 2) == date(2015, 3, 13)
