from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from services.weighing.referrals.rules import next_briefing
from services.weighing.tests.cases import HOUSE


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(sorted(HOUSE.briefing_weekdays)))
def test_the_next_briefing_is_within_a_week_and_on_the_right_weekday(day: date, sub_region: str) -> None:
    briefing = next_briefing(sub_region, day, HOUSE)
    assert 0 <= (briefing - day).days < 7
    assert briefing.weekday() == HOUSE.briefing_weekdays[sub_region]
