"""Dutch dates."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from shared.business_dates import dutch_date, today


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2015, 6, 30, 21, 59, 59, tzinfo=UTC), date(2015, 6, 30)),
        (datetime(2015, 6, 30, 22, 0, tzinfo=UTC), date(2015, 7, 1)),
        (datetime(2015, 1, 1, 22, 59, tzinfo=UTC), date(2015, 1, 1)),
    ],
)
def test_a_day_begins_when_it_begins_in_the_netherlands(instant: datetime, day: date) -> None:
    assert dutch_date(instant) == day
    with time_machine.travel(instant):
        assert today() == day
