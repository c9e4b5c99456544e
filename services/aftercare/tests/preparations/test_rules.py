from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, get_args
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.aftercare.house import Preparation, PreparationCode
from services.aftercare.plans.rules import Bottleneck
from services.aftercare.preparations.rules import READY, Level, Situation, days_ahead, due, missing, overdue
from services.aftercare.tests.cases import HOUSE, domain_plan, plan_of

DAYS_BEFORE: Mapping[PreparationCode, int] = {
    "conversation": 42,
    "plan": 28,
    "identity": 21,
    "housing": 14,
    "plan_accepted": 7,
}
DAYS_AFTER_NOTICE: Mapping[PreparationCode, int] = {"conversation": 14, "plan": 42}
BEFOREHAND = replace(
    HOUSE,
    preparations=tuple(
        Preparation(code=code, name=code, days_before=days, days_after_notice=DAYS_AFTER_NOTICE.get(code))
        for code, days in DAYS_BEFORE.items()
    ),
    climbs_after_days=7,
)
RELEASE_ON = date(2015, 7, 1)
SITUATION = Situation(
    detention_id=UUID(int=1),
    case_id=UUID(int=2),
    municipality="Noordstad",
    registered_on=date(2015, 3, 3),
    release_on=RELEASE_ON,
    conversation_held=False,
    refused=False,
    plan=None,
)
DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2016, 12, 31))


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    plan = draw(
        st.sampled_from([None, plan_of().domains, plan_of(domain_plan("housing", referred_to="exodus")).domains])
    )
    release_on = draw(DAYS)
    registered_on = release_on - timedelta(days=draw(st.integers(min_value=-5, max_value=90)))
    known: dict[str, Any] = {"conversation_held": draw(st.booleans()), "refused": draw(st.booleans())}
    return replace(SITUATION, registered_on=registered_on, release_on=release_on, plan=plan, **known)


def codes(on: date, **differently: Any) -> Sequence[str]:
    """The preparations that are missing."""
    return [each.preparation for each in missing(replace(SITUATION, **differently), on, BEFOREHAND)]


def levels(situation: Situation, on: date) -> set[tuple[str, Level]]:
    return {(each.preparation, level) for each in missing(situation, on, BEFOREHAND) for level in each.levels(on)}


def planned(domain: str, **differently: Any) -> dict[str, Any]:
    return {"plan": plan_of(domain_plan(domain, **differently)).domains}


@pytest.mark.parametrize(("code", "days"), DAYS_BEFORE.items())
def test_a_preparation_is_missing_from_the_day_that_it_is_due(code: str, days: int) -> None:
    due_on = RELEASE_ON - timedelta(days=days)
    assert code not in codes(due_on - timedelta(days=1))
    assert code in codes(due_on)


def test_nothing_is_due_before_the_day_after_the_notice_was_registered() -> None:
    late = {"registered_on": date(2015, 6, 25)}
    assert codes(date(2015, 6, 25), **late) == []
    assert codes(date(2015, 6, 26), **late) == list(DAYS_BEFORE)


def test_whoever_is_released_on_the_day_of_the_notice_can_not_be_prepared_any_more() -> None:
    assert codes(RELEASE_ON, registered_on=RELEASE_ON) == []


def test_what_is_missing_is_the_process_directors_after_some_days_or_on_the_day_of_the_release() -> None:
    [first, *_, last] = missing(SITUATION, RELEASE_ON, BEFOREHAND)
    assert (first.due_on, first.climbs_on) == (date(2015, 5, 20), date(2015, 5, 27))
    assert (last.due_on, last.climbs_on) == (date(2015, 6, 24), RELEASE_ON)
    assert first.level(date(2015, 5, 26)) is Level.AFTERCARE_COORDINATOR
    assert first.levels(date(2015, 5, 27)) == {
        Level.AFTERCARE_COORDINATOR: date(2015, 5, 20),
        Level.PROCESS_DIRECTOR: date(2015, 5, 27),
    }


def test_nothing_is_missing_after_the_release() -> None:
    assert codes(RELEASE_ON) == list(DAYS_BEFORE)
    assert codes(RELEASE_ON + timedelta(days=1)) == []


def test_without_a_release_date_a_preparation_is_due_some_days_after_the_notice() -> None:
    assert codes(date(2015, 3, 16), release_on=None) == []
    assert codes(date(2015, 3, 17), release_on=None) == ["conversation"]
    assert codes(date(2015, 4, 14), release_on=None) == ["conversation", "plan"]
    assert codes(date(2016, 4, 14), release_on=None, conversation_held=True) == ["plan"]
    [conversation, _] = missing(replace(SITUATION, release_on=None), date(2015, 4, 14), BEFOREHAND)
    assert (conversation.due_on, conversation.climbs_on) == (date(2015, 3, 17), date(2015, 3, 24))


def test_who_goes_free_on_the_day_on_which_the_date_is_told_lacks_everything_on_that_day() -> None:
    today = date(2015, 10, 1)
    assert levels(replace(SITUATION, release_on=today), today) == {
        (code, level) for code in DAYS_BEFORE for level in Level
    }


def test_whoever_refuses_a_plan_needs_nothing_prepared() -> None:
    assert codes(RELEASE_ON, refused=True) == []


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"conversation_held": True}, "conversation"),
        (planned("care"), "plan"),
        (planned("identity"), "identity"),
        (planned("housing", bottleneck=Bottleneck.YES, referred_to="exodus"), "housing"),
        (planned("care", referred_to="fivoor", accepted=False), "plan_accepted"),
    ],
)
def test_each_preparation_is_made_ready_by_what_was_done(known: dict[str, Any], code: str) -> None:
    assert code not in codes(RELEASE_ON, **known)


@pytest.mark.parametrize(
    ("known", "code"),
    [
        (planned("identity", bottleneck=Bottleneck.UNKNOWN), "identity"),
        (planned("housing", bottleneck=Bottleneck.YES, agreement="looks for a room"), "housing"),
        (planned("care", bottleneck=Bottleneck.YES, referred_to="fivoor"), "plan_accepted"),
    ],
)
def test_a_plan_that_leaves_something_open_does_not_make_it_ready(known: dict[str, Any], code: str) -> None:
    assert code in codes(RELEASE_ON, **known)


def test_a_profile_can_ask_for_each_preparation() -> None:
    assert set(READY) == set(DAYS_BEFORE) == set(get_args(PreparationCode))


@given(situations())
def test_due_dates_are_not_before_the_notice_and_come_in_the_order_of_the_days_before(situation: Situation) -> None:
    assert situation.release_on
    days = [due(each, situation.registered_on, situation.release_on) for each in BEFOREHAND.preparations]
    assert all(day > situation.registered_on for day in days)
    assert days == sorted(days)


@given(situations(), DAYS, st.integers(min_value=0, max_value=60))
def test_as_long_as_nothing_is_done_what_is_missing_only_climbs_until_the_release(
    situation: Situation, on: date, days: int
) -> None:
    assert situation.release_on
    later = min(on + timedelta(days=days), situation.release_on)
    assert on > later or levels(situation, on) <= levels(situation, later)


@given(situations(), DAYS)
def test_whatever_is_overdue_is_found_within_the_days_ahead(situation: Situation, on: date) -> None:
    assert situation.release_on
    within = on <= situation.release_on <= on + timedelta(days=days_ahead(BEFOREHAND))
    assert within or overdue([situation], on, BEFOREHAND) == []
