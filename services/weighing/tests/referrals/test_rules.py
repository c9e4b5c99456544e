from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.weighing.house import Calendar
from services.weighing.referrals.rules import answer_day, next_briefing, next_briefing_to_prepare
from services.weighing.tests.cases import HOUSE
from shared.working_days import is_working_day, next_working_day

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
SUB_REGIONS = st.sampled_from(sorted(HOUSE.briefing_weekdays))


@given(DAYS, SUB_REGIONS)
def test_a_briefing_is_on_the_weekday_of_the_sub_region_or_moved_by_a_holiday(day: date, sub_region: str) -> None:
    briefing = next_briefing(sub_region, day, HOUSE)
    assert briefing >= day
    weekday = HOUSE.briefing_weekdays[sub_region]
    regular = date.fromordinal(briefing.toordinal() - (briefing.weekday() - weekday) % 7)
    assert next_working_day(regular) == briefing
    assert next_briefing(sub_region, briefing, HOUSE) == briefing


@pytest.mark.parametrize(
    ("from_day", "moved", "skipped"),
    [
        (date(2015, 4, 29), date(2015, 5, 6), date(2015, 5, 12)),  # Liberation Day is a Tuesday
        (date(2015, 5, 6), date(2015, 5, 6), date(2015, 5, 12)),
        (date(2018, 12, 25), date(2018, 12, 27), date(2019, 1, 8)),  # Christmas and New Year are Tuesdays
    ],
)
def test_a_briefing_on_a_holiday_is_moved_or_skipped_as_the_house_says(
    from_day: date, moved: date, skipped: date
) -> None:
    assert next_briefing("North", from_day, HOUSE) == moved
    assert next_briefing("North", from_day, replace(HOUSE, moves_briefings=False)) == skipped


CHANGED = replace(
    HOUSE,
    calendars={
        "North": Calendar(
            moved={date(2015, 3, 10): date(2015, 3, 12), date(2015, 3, 17): None, date(2015, 3, 31): date(2015, 3, 27)},
            extra=frozenset({date(2015, 3, 19)}),
        )
    },
)


@pytest.mark.parametrize(
    ("from_day", "briefing"),
    [
        (date(2015, 3, 4), date(2015, 3, 12)),  # moved by two days
        (date(2015, 3, 13), date(2015, 3, 24)),  # cancelled, and an extra one is for those who were chosen
        (date(2015, 3, 25), date(2015, 3, 27)),  # moved forward
        (date(2015, 3, 28), date(2015, 4, 7)),
    ],
)
def test_a_briefing_that_was_moved_or_cancelled_is_not_on_its_weekday(from_day: date, briefing: date) -> None:
    assert next_briefing("North", from_day, CHANGED) == briefing
    assert next_briefing("South", from_day, CHANGED) == next_briefing("South", from_day, HOUSE)


def test_a_partner_is_asked_for_the_day_to_which_a_briefing_was_moved() -> None:
    assert next_briefing_to_prepare("North", date(2015, 3, 9), CHANGED) == date(2015, 3, 12)
    assert next_briefing_to_prepare("North", date(2015, 3, 9), HOUSE) == date(2015, 3, 17)


@given(DAYS, SUB_REGIONS, st.integers(0, 10))
def test_an_answer_is_due_on_a_working_day_after_the_question_and_before_the_briefing(
    asked_on: date, sub_region: str, days: int
) -> None:
    house = replace(HOUSE, answer_days_before=days)
    briefing = next_briefing_to_prepare(sub_region, asked_on, house)
    due = answer_day(briefing, house)
    assert asked_on < due <= briefing
    assert is_working_day(due)
