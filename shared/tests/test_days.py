from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from shared.days import FIRST_DAY, LAST_DAY, HouseDay, PastDay, PlannedDay, ReleaseDay
from shared.messaging import Problem, problems_of
from shared.schemas import StrictSchema, bound_fields, broken_days, schema_of

TODAY, BEGAN = date(2015, 6, 1), date(2009, 1, 1)


class Person(NamedTuple):
    birth_date: PastDay | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    due_on: PlannedDay


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    agreed_on: HouseDay = TODAY
    release_on: ReleaseDay | None = None
    subject: Person | None = None
    agreements: tuple[Agreement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Undated:
    name: str
    seen_on: date


def broken(plan: Plan) -> list[tuple[str, str]]:
    return [(rule.field, rule.code) for rule in broken_days(Plan, plan, TODAY, BEGAN)]


def test_what_happened_does_not_lie_in_the_future_nor_before_the_house_began() -> None:
    assert broken(Plan(agreed_on=TODAY)) == broken(Plan(agreed_on=BEGAN)) == []
    assert broken(Plan(agreed_on=TODAY + timedelta(1))) == [("agreedOn", "in_future")]
    assert broken(Plan(agreed_on=BEGAN - timedelta(1))) == [("agreedOn", "before_house_began")]


def test_a_birth_may_lie_before_the_house_began() -> None:
    assert broken(Plan(subject=Person(FIRST_DAY))) == []
    assert broken(Plan(subject=Person(date(2062, 1, 1)))) == [("subject.birthDate", "in_future")]


def test_what_is_planned_lies_within_reach() -> None:
    agreements = tuple(Agreement(due_on=day) for day in (date(2020, 6, 1), date(2020, 6, 2), BEGAN - timedelta(1)))
    assert broken(Plan(agreements=agreements)) == [
        ("agreements[1].dueOn", "too_far_ahead"),
        ("agreements[2].dueOn", "before_house_began"),
    ]


def test_a_release_lies_within_thirty_years() -> None:
    assert broken(Plan(release_on=date(2045, 6, 1))) == []
    assert broken(Plan(release_on=date(2045, 6, 2))) == [("releaseOn", "too_far_ahead")]


def test_the_reason_says_which_day_is_possible() -> None:
    [rule] = broken_days(Plan, Plan(release_on=date(2062, 1, 1)), TODAY, BEGAN)
    assert str(rule) == "is after 2045-06-01; leave the field out if the day is not known"


def test_a_message_without_bounds_is_not_looked_at() -> None:
    assert bound_fields(Undated) == ()


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_out_of_this_world_is_refused_wherever_it_stands(day: str) -> None:
    with pytest.raises(ValidationError) as failure:
        schema_of(Undated, StrictSchema).load({"name": "Jo", "seenOn": day})
    [problem] = problems_of(failure.value)
    assert (problem.field, problem.code) == ("seenOn", "not_a_possible_day")


@pytest.mark.parametrize(
    "day", ["20150601", "2015-W23-1", "2015-6-1", "1-6-2015", "2015-02-30", "", "2015-06-01T00:00:00"]
)
def test_a_day_that_is_written_otherwise_is_refused(day: str) -> None:
    with pytest.raises(ValidationError) as failure:
        schema_of(Undated, StrictSchema).load({"name": "Jo", "seenOn": day})
    assert problems_of(failure.value) == [
        Problem("seenOn", "Must be a date, written as 2015-03-10.", "not_a_date"),
    ]


@given(st.dates(FIRST_DAY, LAST_DAY))
def test_every_day_of_this_world_is_read_as_it_is_written(day: date) -> None:
    assert schema_of(Undated, StrictSchema).load({"name": "Jo", "seenOn": day.isoformat()}).seen_on == day
