from dataclasses import replace
from datetime import date

import pytest

from services.aftercare.detentions.rules import BeforeDetention, BeforeLastChange, ReleaseDate, change_release_date
from services.aftercare.tests.cases import DETENTION

EXPECTED = ReleaseDate(release_on=date(2015, 7, 1), source="dji", changed_on=date(2015, 5, 4))


def test_a_release_date_that_becomes_known_counts() -> None:
    assert change_release_date(DETENTION, EXPECTED).release_date == EXPECTED


def test_a_later_change_takes_the_place_of_the_date_that_counted() -> None:
    earlier = replace(EXPECTED, release_on=date(2015, 6, 1), changed_on=date(2015, 5, 5))
    assert change_release_date(replace(DETENTION, release_date=EXPECTED), earlier).release_date == earlier


def test_nobody_is_released_before_being_detained() -> None:
    with pytest.raises(BeforeDetention) as refused:
        change_release_date(DETENTION, replace(EXPECTED, release_on=date(2015, 3, 1)))
    assert refused.value.field == "releaseOn"


def test_somebody_may_be_released_on_the_day_of_detention() -> None:
    same_day = replace(EXPECTED, release_on=date(2015, 3, 2))
    assert change_release_date(DETENTION, same_day).release_date == same_day


def test_the_same_change_again_changes_nothing() -> None:
    known = replace(DETENTION, release_date=EXPECTED)
    assert change_release_date(known, EXPECTED) is known


def test_an_older_change_does_not_overrule_a_newer_one() -> None:
    older = replace(EXPECTED, changed_on=date(2015, 5, 3))
    with pytest.raises(BeforeLastChange) as refused:
        change_release_date(replace(DETENTION, release_date=EXPECTED), older)
    assert refused.value.field == "changedOn"
