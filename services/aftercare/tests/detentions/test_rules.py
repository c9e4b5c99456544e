from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.aftercare.detentions.rules import (
    AlreadyWithdrawn,
    BeforeDetention,
    Notice,
    ToldReleaseDate,
    Withdrawal,
    as_told,
    change_release_date,
    is_same_stay,
    told_by_notice,
    withdraw,
)
from services.aftercare.tests.cases import DETENTION
from shared.business_dates import noon

EXPECTED = ToldReleaseDate(
    release_on=date(2015, 7, 1),
    source="dji",
    changed_on=date(2015, 5, 4),
    told_at=noon(date(2015, 5, 4)),
    statement_id=UUID(int=5),
)
NOTICE = Notice(
    notice_id=UUID(int=1),
    municipality="Noordstad",
    institution="pi_noordstad",
    own_aftercare=False,
    detained_on=date(2015, 3, 2),
    expected_release_on=date(2015, 7, 1),
    told_at=noon(date(2015, 3, 3)),
)
AFTER_NOTICE = noon(date(2015, 4, 21))
TRANSFER = replace(
    NOTICE, notice_id=UUID(int=9), institution="pi_zuidstad", detained_on=date(2015, 4, 20), expected_release_on=None
)
RELEASED = replace(DETENTION, release_date=EXPECTED)


def test_a_release_date_that_becomes_known_counts() -> None:
    assert change_release_date(DETENTION, EXPECTED).release_date == EXPECTED


def test_a_later_change_takes_the_place_of_the_date_that_counted() -> None:
    later = noon(date(2015, 5, 5))
    earlier = replace(EXPECTED, release_on=date(2015, 6, 1), told_at=later, changed_on=later.date())
    assert change_release_date(RELEASED, earlier, EXPECTED).release_date == earlier


def test_a_release_date_can_become_unknown_again() -> None:
    unknown = replace(EXPECTED, release_on=None, told_at=noon(date(2015, 5, 5)))
    assert change_release_date(RELEASED, unknown, EXPECTED).release_on is None


def test_nobody_is_released_before_being_detained() -> None:
    with pytest.raises(BeforeDetention) as refused:
        change_release_date(DETENTION, replace(EXPECTED, release_on=date(2015, 3, 1)))
    assert refused.value.field == "releaseOn"


def test_somebody_may_be_released_on_the_day_of_detention() -> None:
    same_day = replace(EXPECTED, release_on=date(2015, 3, 2))
    assert change_release_date(DETENTION, same_day).release_date == same_day


@pytest.mark.parametrize(
    "older",
    [
        {"told_at": EXPECTED.told_at - timedelta(days=1)},
        {"told_at": EXPECTED.told_at - timedelta(hours=1)},
        {"statement_id": UUID(int=4)},
        {"statement_id": None},
    ],
)
def test_an_older_change_does_not_overrule_a_newer_one_not_even_of_the_same_day(older: dict[str, Any]) -> None:
    change = replace(EXPECTED, release_on=date(2015, 8, 1), **older)
    assert change_release_date(RELEASED, change, EXPECTED) is RELEASED
    assert change_release_date(DETENTION, EXPECTED, change).release_date == EXPECTED


@pytest.mark.parametrize(
    ("detained_on", "until", "is_same"),
    [
        (date(2015, 3, 2), date(2015, 3, 2), True),
        (date(2015, 6, 30), None, True),
        (date(2015, 7, 1), None, False),
        (date(2015, 2, 1), date(2015, 3, 2), False),
        (date(2015, 2, 1), date(2015, 3, 3), True),
        (date(2015, 2, 1), None, True),
    ],
)
def test_a_notice_of_which_the_days_overlap_is_of_the_same_stay(
    detained_on: date, until: date | None, is_same: bool
) -> None:
    notice = replace(TRANSFER, detained_on=detained_on, expected_release_on=until)
    assert is_same_stay(RELEASED, notice) is is_same


def test_a_detention_without_a_release_date_runs_on() -> None:
    assert is_same_stay(DETENTION, replace(TRANSFER, detained_on=date(2016, 3, 2)))


def test_after_a_transfer_the_detention_is_of_the_first_day_and_the_last_institution() -> None:
    told = as_told(DETENTION, [NOTICE, TRANSFER])
    assert (told.detained_on, told.institution) == (NOTICE.detained_on, "pi_zuidstad")
    assert as_told(DETENTION, [TRANSFER, NOTICE]) == told


def test_a_transfer_may_be_told_as_a_correction() -> None:
    transfer = replace(TRANSFER, notice_id=NOTICE.notice_id, told_at=AFTER_NOTICE)
    assert as_told(DETENTION, [NOTICE, transfer]) == as_told(DETENTION, [NOTICE, TRANSFER])


@pytest.mark.parametrize(
    "right",
    [
        replace(NOTICE, institution="pi_zuidstad"),
        replace(NOTICE, detained_on=date(2015, 3, 5)),
        replace(NOTICE, detained_on=date(2015, 2, 28), institution="pi_zuidstad"),
        replace(NOTICE, municipality="Zuidstad", own_aftercare=True),
    ],
)
def test_a_correction_takes_the_place_of_the_notice_whichever_comes_first(right: Notice) -> None:
    right = replace(right, told_at=AFTER_NOTICE)
    assert as_told(DETENTION, [NOTICE, right]) == as_told(DETENTION, [right]) == as_told(DETENTION, [right, NOTICE])


def test_a_notice_tells_a_release_date_only_if_it_is_another_than_before() -> None:
    assert not told_by_notice(replace(NOTICE, institution="pi_zuidstad"), [NOTICE])
    assert told_by_notice(replace(NOTICE, expected_release_on=None), [NOTICE])
    assert not told_by_notice(TRANSFER, [NOTICE])
    assert told_by_notice(replace(TRANSFER, expected_release_on=date(2015, 9, 1)), [NOTICE])


def test_a_detention_is_withdrawn_once() -> None:
    day = date(2015, 4, 1)
    withdrawn = withdraw(DETENTION, day, Withdrawal.DIED)
    assert (withdrawn.withdrawn_on, withdrawn.withdrawal) == (day, Withdrawal.DIED)
    assert withdraw(withdrawn, day, Withdrawal.DIED) is withdrawn
    with pytest.raises(AlreadyWithdrawn):
        withdraw(withdrawn, day, Withdrawal.MISTAKE)
    with pytest.raises(BeforeDetention):
        withdraw(DETENTION, date(2015, 3, 1), Withdrawal.MISTAKE)
