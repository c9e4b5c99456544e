from datetime import date
from typing import Any
from uuid import UUID

import pytest
from marshmallow import ValidationError

from services.weighing.calendar.messages import briefing_day
from services.weighing.decisions.messages import DecideTogether
from shared.messaging.outcomes import problems_of
from shared.schemas import StrictSchema, schema_of

DECIDE_TOGETHER = schema_of(DecideTogether, StrictSchema)


def given(*numbers: int) -> dict[str, Any]:
    """A call with a decision on the referral of each number."""
    decision = {"decision": "bilateral", "attendees": ["police", "prosecutor"], "legalGround": "covenant"}
    return {"decisions": [decision | {"referralId": str(UUID(int=number))} for number in numbers]}


def test_decisions_keep_their_order_and_are_all_of_the_briefing_that_the_path_names() -> None:
    decided = DECIDE_TOGETHER.load(given(3, 1, 2)).at(briefing_day("2015-03-10"))
    assert [referral_id.int for referral_id in decided] == [3, 1, 2]
    assert {decision.briefing_on for decision in decided.values()} == {date(2015, 3, 10)}


def test_each_referral_that_stands_there_again_is_named() -> None:
    with pytest.raises(ValidationError) as refused:
        DECIDE_TOGETHER.load(given(1, 2, 1, 2, 3, 1))
    assert [problem.field for problem in problems_of(refused.value)] == [
        f"decisions[{position}].referralId" for position in (2, 3, 5)
    ]


@pytest.mark.parametrize("on", ["2015-02-30", "tomorrow"])
def test_what_is_no_date_names_no_briefing(on: str) -> None:
    with pytest.raises(ValidationError) as refused:
        briefing_day(on)
    assert [problem.field for problem in problems_of(refused.value)] == ["briefingOn"]
