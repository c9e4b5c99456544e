from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from services.meetings.closings.rules import (
    NoPlanStands,
    NoSessionHeld,
    NotClosed,
    NotScored,
    RanOnWithoutReason,
    ScoredWithoutPlan,
    SeatTaken,
    Treatment,
    UnknownQuestion,
    close,
    correct,
    reopen,
)
from services.meetings.table_cases.rules import (
    AlreadyClosed,
    BeforeOpening,
    Closing,
    OutsideTable,
    UnknownTable,
    check_table,
)
from services.meetings.tests.cases import HOUSE, OUTCOME, table_case
from shared.rules import BrokenRule

CLOSING = Closing(closed_on=date(2015, 8, 1), outcome=OUTCOME)
TREATED = Treatment(session_held=True, plan_stands=True)
UNTREATED = Treatment(session_held=False, plan_stands=False)


def treated_until(last_moment_on: date) -> Treatment:
    return replace(TREATED, last_moment_on=last_moment_on)


def test_a_decision_for_a_table_that_the_house_does_not_have_is_refused() -> None:
    with pytest.raises(UnknownTable) as refused:
        check_table(table_case(table="radicalisation"), HOUSE)
    assert refused.value.field == "opensTable"


def test_a_decision_for_a_table_that_takes_no_cases_from_the_municipality_is_refused() -> None:
    with pytest.raises(OutsideTable):
        check_table(table_case(table="local", municipality="Noordstad"), HOUSE)
    check_table(table_case(table="local", municipality="Zuidstad"), HOUSE)


def test_a_closed_case_keeps_its_outcome() -> None:
    assert close(table_case(), CLOSING, TREATED, HOUSE).closing == CLOSING


@pytest.mark.parametrize("table", ["focus", "top60"])
def test_a_case_of_a_scored_table_cannot_be_closed_without_its_outcome(table: str) -> None:
    with pytest.raises(NotScored) as refused:
        close(table_case(table=table), Closing(closed_on=date(2015, 8, 1)), TREATED, HOUSE)
    assert refused.value.field == "outcome"


@pytest.mark.parametrize(
    ("table", "outcome", "rule", "field"),
    [
        ("focus", {"progress_made": True}, NotScored, "outcome.allPartiesCooperate"),
        ("focus", OUTCOME | {"sun_shines": True}, UnknownQuestion, "outcome.sunShines"),
        ("aftercare", {"progress_made": True}, UnknownQuestion, "outcome.progressMade"),
    ],
)
def test_an_outcome_answers_the_questions_of_the_table_and_no_others(
    table: str, outcome: dict[str, bool], rule: type[BrokenRule], field: str
) -> None:
    with pytest.raises(rule) as refused:
        close(table_case(table=table), Closing(closed_on=date(2015, 8, 1), outcome=outcome), TREATED, HOUSE)
    assert refused.value.field == field


def test_an_aftercare_case_is_closed_without_scoring() -> None:
    closing = Closing(closed_on=date(2015, 8, 1))
    assert close(table_case(table="aftercare"), closing, TREATED, HOUSE).closing == closing


def test_a_case_cannot_be_closed_before_it_was_opened() -> None:
    early = Closing(closed_on=date(2015, 3, 9), outcome=OUTCOME)
    with pytest.raises(BeforeOpening) as refused:
        close(table_case(), early, TREATED, HOUSE)
    assert refused.value.field == "closedOn"


def test_a_case_can_be_closed_on_the_day_it_was_opened() -> None:
    same_day = Closing(closed_on=date(2015, 3, 10), outcome=OUTCOME)
    assert close(table_case(), same_day, TREATED, HOUSE).closing == same_day


def test_the_same_closing_again_gives_the_same_answer() -> None:
    closed = close(table_case(), CLOSING, TREATED, HOUSE)
    assert close(closed, CLOSING, TREATED, HOUSE) is closed


def test_another_closing_of_a_closed_case_contradicts_it() -> None:
    closed = close(table_case(), CLOSING, TREATED, HOUSE)
    with pytest.raises(AlreadyClosed):
        close(closed, Closing(closed_on=date(2015, 8, 2), outcome=OUTCOME), TREATED, HOUSE)


def test_a_case_that_ran_on_after_its_last_monitoring_moment_needs_a_reason() -> None:
    with pytest.raises(RanOnWithoutReason) as refused:
        close(table_case(), CLOSING, treated_until(date(2015, 7, 31)), HOUSE)
    assert refused.value.field == "runningOnReason"


def test_a_case_that_ran_on_is_closed_with_its_reason() -> None:
    closing = Closing(closed_on=date(2015, 8, 1), outcome=OUTCOME, running_on_reason="housing came late")
    assert close(table_case(), closing, treated_until(date(2015, 7, 31)), HOUSE).closing == closing


def test_a_case_that_is_closed_at_its_last_monitoring_moment_needs_no_reason() -> None:
    assert close(table_case(), CLOSING, treated_until(date(2015, 8, 1)), HOUSE).closing == CLOSING


@pytest.mark.parametrize(
    ("treatment", "rule"),
    [
        (replace(TREATED, session_held=False), NoSessionHeld),
        (replace(TREATED, plan_stands=False), NoPlanStands),
        (UNTREATED, NoSessionHeld),
    ],
)
@pytest.mark.parametrize("table", ["focus", "aftercare"])
def test_a_case_without_a_session_or_a_plan_is_closed_only_for_a_reason(
    treatment: Treatment, rule: type[BrokenRule], table: str
) -> None:
    case = table_case(table=table)
    closing = Closing(
        closed_on=date(2015, 8, 1), outcome=OUTCOME if treatment.plan_stands and table == "focus" else None
    )
    with pytest.raises(rule) as refused:
        close(case, closing, treatment, HOUSE)
    assert refused.value.field == "withoutPlanBecause"
    with_reason = replace(closing, without_plan_because="moved away")
    assert close(case, with_reason, treatment, HOUSE).closing == with_reason


def test_nobody_scores_that_the_case_holder_can_go_on_when_nothing_was_agreed() -> None:
    with pytest.raises(ScoredWithoutPlan) as refused:
        close(table_case(), replace(CLOSING, without_plan_because="moved away"), UNTREATED, HOUSE)
    assert refused.value.field == "outcome"


CLOSED = table_case(closing=CLOSING)
RIGHT = replace(CLOSING, closed_on=date(2015, 7, 1))


def test_a_corrected_closing_keeps_the_rules_of_the_first() -> None:
    assert correct(CLOSED, RIGHT, TREATED, HOUSE).closing == RIGHT
    with pytest.raises(BeforeOpening):
        correct(CLOSED, replace(RIGHT, closed_on=date(2015, 3, 9)), TREATED, HOUSE)
    with pytest.raises(NotScored):
        correct(CLOSED, replace(RIGHT, outcome=None), TREATED, HOUSE)


def test_the_same_correction_again_changes_nothing() -> None:
    assert correct(CLOSED, CLOSING, TREATED, HOUSE) is CLOSED


def test_an_open_case_has_no_closing_to_correct() -> None:
    with pytest.raises(NotClosed):
        correct(table_case(), RIGHT, TREATED, HOUSE)


def test_a_case_that_was_closed_by_mistake_runs_again_unless_another_runs_at_its_seat() -> None:
    reopened = reopen(CLOSED, {"aftercare"})
    assert reopened.closing is None
    assert reopen(reopened, {"focus"}) is reopened
    with pytest.raises(SeatTaken):
        reopen(CLOSED, {"focus": UUID(int=7)})
