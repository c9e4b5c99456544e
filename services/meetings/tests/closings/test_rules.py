from datetime import date

import pytest

from services.meetings.closings.rules import NotScored, RanOnWithoutReason, UnknownQuestion, close
from services.meetings.table_cases.rules import AlreadyClosed, BeforeOpening, Closing, UnknownTable, check_table
from services.meetings.tests.cases import HOUSE, OUTCOME, table_case
from shared.rules import BrokenRule

CLOSING = Closing(closed_on=date(2015, 8, 1), outcome=OUTCOME)


def test_a_decision_for_a_table_that_the_house_does_not_have_is_refused() -> None:
    with pytest.raises(UnknownTable) as refused:
        check_table(table_case(table="radicalisation"), HOUSE)
    assert refused.value.field == "opensTable"


def test_a_closed_case_keeps_its_outcome() -> None:
    assert close(table_case(), CLOSING, None, HOUSE).closing == CLOSING


@pytest.mark.parametrize("table", ["focus", "top60"])
def test_a_case_of_a_scored_table_cannot_be_closed_without_its_outcome(table: str) -> None:
    with pytest.raises(NotScored) as refused:
        close(table_case(table=table), Closing(closed_on=date(2015, 8, 1)), None, HOUSE)
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
        close(table_case(table=table), Closing(closed_on=date(2015, 8, 1), outcome=outcome), None, HOUSE)
    assert refused.value.field == field


def test_an_aftercare_case_is_closed_without_scoring() -> None:
    closing = Closing(closed_on=date(2015, 8, 1))
    assert close(table_case(table="aftercare"), closing, None, HOUSE).closing == closing


def test_a_case_cannot_be_closed_before_it_was_opened() -> None:
    early = Closing(closed_on=date(2015, 3, 9), outcome=OUTCOME)
    with pytest.raises(BeforeOpening) as refused:
        close(table_case(), early, None, HOUSE)
    assert refused.value.field == "closedOn"


def test_a_case_can_be_closed_on_the_day_it_was_opened() -> None:
    same_day = Closing(closed_on=date(2015, 3, 10), outcome=OUTCOME)
    assert close(table_case(), same_day, None, HOUSE).closing == same_day


def test_the_same_closing_again_gives_the_same_answer() -> None:
    closed = close(table_case(), CLOSING, None, HOUSE)
    assert close(closed, CLOSING, None, HOUSE) is closed


def test_another_closing_of_a_closed_case_contradicts_it() -> None:
    closed = close(table_case(), CLOSING, None, HOUSE)
    with pytest.raises(AlreadyClosed):
        close(closed, Closing(closed_on=date(2015, 8, 2), outcome=OUTCOME), None, HOUSE)


def test_a_case_that_ran_on_after_its_last_monitoring_moment_needs_a_reason() -> None:
    with pytest.raises(RanOnWithoutReason) as refused:
        close(table_case(), CLOSING, date(2015, 7, 31), HOUSE)
    assert refused.value.field == "runningOnReason"


def test_a_case_that_ran_on_is_closed_with_its_reason() -> None:
    closing = Closing(closed_on=date(2015, 8, 1), outcome=OUTCOME, running_on_reason="housing came late")
    assert close(table_case(), closing, date(2015, 7, 31), HOUSE).closing == closing


def test_a_case_that_is_closed_at_its_last_monitoring_moment_needs_no_reason() -> None:
    assert close(table_case(), CLOSING, date(2015, 8, 1), HOUSE).closing == CLOSING
