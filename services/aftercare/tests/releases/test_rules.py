from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.aftercare.releases.rules import Prepared, Release

RELEASED_ON = date(2015, 7, 1)
EARLIER, LATER = RELEASED_ON - timedelta(days=1), RELEASED_ON + timedelta(days=1)
RELEASE = Release(
    detention_id=UUID(int=1),
    case_id=UUID(int=2),
    municipality="Noordstad",
    registered_on=date(2015, 3, 3),
    released_on=RELEASED_ON,
    planned_on=None,
    refused_on=None,
)


@pytest.mark.parametrize(
    ("known", "prepared"),
    [
        ({}, Prepared.NOTHING),
        ({"planned_on": RELEASED_ON}, Prepared.PLAN),
        ({"planned_on": LATER}, Prepared.NOTHING),
        ({"refused_on": RELEASED_ON}, Prepared.REFUSAL),
        ({"refused_on": LATER}, Prepared.NOTHING),
        ({"planned_on": LATER, "refused_on": EARLIER}, Prepared.REFUSAL),
        ({"planned_on": EARLIER, "refused_on": EARLIER}, Prepared.PLAN),
    ],
)
def test_whatever_was_there_by_the_day_of_the_release_counts(known: dict[str, Any], prepared: Prepared) -> None:
    assert replace(RELEASE, **known).prepared is prepared


@pytest.mark.parametrize(
    ("days", "lead_time"),
    [(-3, "under_2_weeks"), (13, "under_2_weeks"), (14, "2_to_6_weeks"), (41, "2_to_6_weeks"), (42, "over_6_weeks")],
)
def test_a_release_is_classed_by_how_long_the_house_knew_of_it(days: int, lead_time: str) -> None:
    assert replace(RELEASE, registered_on=RELEASED_ON - timedelta(days=days)).lead_time == lead_time
