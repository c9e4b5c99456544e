from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.aftercare.assignments.rules import UnknownProvider
from services.aftercare.needs.rules import LifeDomainTwice, UnknownLifeDomain
from services.aftercare.tests.cases import HOUSE
from services.aftercare.trajectories.rules import (
    AlreadyEnded,
    BeforeStage,
    BeforeStart,
    Result,
    StageBehind,
    StageReached,
    StillRunning,
    Trajectory,
    TrajectoryOver,
    UnknownKind,
    UnknownMunicipality,
    UnknownStage,
    end,
    reach,
    record_transport,
    start,
)
from shared.rules import BrokenRule

STAGES = ("intake", "preparation", "training", "diploma", "work")
START = date(2015, 3, 2)
TRAJECTORY = Trajectory(
    trajectory_id=UUID(int=1),
    house="house",
    case_id=UUID(int=2),
    detention_id=None,
    municipality="Noordstad",
    provider="goodwork",
    kind="work_training",
    needs=("housing", "income_work"),
    starts_on=START,
)


def another(**differently: Any) -> Trajectory:
    return replace(TRAJECTORY, trajectory_id=UUID(int=9), **differently)


def at(stage: str, day: int = 9) -> StageReached:
    return StageReached(stage=stage, on=date(2015, 3, day))


def reached(*stages: StageReached, of: Trajectory = TRAJECTORY) -> Trajectory:
    for each in stages:
        of = reach(of, each, STAGES)
    return of


def test_its_needs_stand_in_the_order_of_the_house() -> None:
    assert start(another(needs=("income_work", "housing")), [], HOUSE).needs == ("housing", "income_work")


@pytest.mark.parametrize(
    ("wrong", "rule", "field"),
    [
        ({"provider": "nobody"}, UnknownProvider, "provider"),
        ({"kind": "holiday"}, UnknownKind, "kind"),
        ({"municipality": "Elders"}, UnknownMunicipality, "municipality"),
        ({"needs": ("care", "love")}, UnknownLifeDomain, "needs[1]"),
        ({"needs": ("care", "debts", "care")}, LifeDomainTwice, "needs[2]"),
    ],
)
def test_a_wrong_start_is_refused_with_the_field_to_blame(
    wrong: dict[str, Any], rule: type[BrokenRule], field: str
) -> None:
    with pytest.raises(rule) as refused:
        start(another(**wrong), [], HOUSE)
    assert refused.value.field == field


def test_the_same_start_again_is_the_one_that_stands() -> None:
    assert start(another(needs=("income_work", "housing")), [TRAJECTORY], HOUSE) is TRAJECTORY


@pytest.mark.parametrize("ended", [{}, {"ended_on": date(2015, 6, 2), "result": Result.DROPPED_OUT}])
def test_it_does_not_start_before_the_end_of_the_one_before(ended: dict[str, Any]) -> None:
    with pytest.raises(StillRunning):
        start(another(starts_on=date(2015, 6, 1)), [replace(TRAJECTORY, **ended)], HOUSE)


def test_it_may_start_on_the_day_that_the_one_before_ended() -> None:
    before = end(TRAJECTORY, date(2015, 6, 1), Result.DROPPED_OUT)
    again = another(starts_on=date(2015, 6, 1))
    assert start(again, [before], HOUSE) == again


@given(st.sets(st.sampled_from(STAGES)))
def test_any_stages_are_reached_in_order_and_the_furthest_is_told(passed: set[str]) -> None:
    stages = sorted(passed, key=STAGES.index)
    trajectory = reached(*(at(stage) for stage in stages))
    assert [each.stage for each in trajectory.stages] == stages
    assert trajectory.stage == (stages[-1] if stages else None)
    assert trajectory.version == 1 + len(stages)


@given(st.lists(st.sampled_from(STAGES), min_size=2, max_size=2, unique=True))
def test_a_stage_is_not_reached_after_a_further_one(two: list[str]) -> None:
    nearer, further = sorted(two, key=STAGES.index)
    with pytest.raises(StageBehind):
        reached(at(further), at(nearer, day=10))


def test_the_same_stage_on_the_same_day_again_changes_nothing() -> None:
    trajectory = reached(at("intake"), at("training"))
    assert reach(trajectory, at("intake"), STAGES) is trajectory


@pytest.mark.parametrize(
    ("stage", "rule"),
    [
        (at("holiday"), UnknownStage),
        (at("preparation", day=1), BeforeStart),
        (at("preparation", day=8), BeforeStage),
        (at("preparation", day=21), TrajectoryOver),
        (at("intake", day=10), StageBehind),
    ],
)
def test_a_wrong_stage_is_refused(stage: StageReached, rule: type[BrokenRule]) -> None:
    trajectory = end(reached(at("intake")), date(2015, 3, 20), Result.COMPLETED)
    with pytest.raises(rule):
        reach(trajectory, stage, STAGES)


def test_a_stage_of_before_the_end_may_be_heard_after_it() -> None:
    ended = end(TRAJECTORY, date(2015, 3, 20), Result.COMPLETED)
    assert reached(at("work", day=20), of=ended).stage == "work"


def test_a_stage_that_the_house_no_longer_has_stays_behind() -> None:
    trajectory = replace(TRAJECTORY, stages=(at("of long ago"),))
    assert reached(at("intake"), of=trajectory).stage == "intake"


def test_it_ends_once_and_the_same_end_again_changes_nothing() -> None:
    ended = end(TRAJECTORY, date(2015, 6, 1), Result.COMPLETED)
    assert (ended.ended_on, ended.result, ended.version) == (date(2015, 6, 1), Result.COMPLETED, 2)
    assert end(ended, date(2015, 6, 1), Result.COMPLETED) is ended
    for on, result in ((date(2015, 6, 2), Result.COMPLETED), (date(2015, 6, 1), Result.DROPPED_OUT)):
        with pytest.raises(AlreadyEnded):
            end(ended, on, result)


def test_it_does_not_end_before_what_happened_in_it() -> None:
    with pytest.raises(BeforeStart):
        end(TRAJECTORY, date(2015, 3, 1), Result.ENDED_EARLY)
    with pytest.raises(BeforeStage):
        end(reached(at("intake")), date(2015, 3, 8), Result.ENDED_EARLY)


def test_a_volunteer_may_fetch_somebody_before_the_start_but_not_after_the_end() -> None:
    fetched = record_transport(record_transport(TRAJECTORY, date(2015, 3, 5)), date(2015, 3, 1))
    assert fetched.transports == (date(2015, 3, 1), date(2015, 3, 5))
    assert record_transport(fetched, date(2015, 3, 1)) is fetched
    with pytest.raises(TrajectoryOver):
        record_transport(end(fetched, date(2015, 3, 20), Result.COMPLETED), date(2015, 3, 21))


def test_of_twelve_who_were_offered_work_training_one_sees_how_far_each_came() -> None:
    courses = [
        *[["intake"]] * 2,
        *[["intake", "preparation"]] * 2,
        *[["intake", "preparation", "training"]] * 3,
        *[["intake", "preparation", "training", "diploma"]] * 5,
    ]
    furthest = [reached(*map(at, course)).stage for course in courses]
    assert {stage: furthest.count(stage) for stage in STAGES} == {
        "intake": 2,
        "preparation": 2,
        "training": 3,
        "diploma": 5,
        "work": 0,
    }
