"""What providers report of their trajectories."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.aftercare.tests.trajectories.started import Start, change, path, standing
from services.aftercare.trajectories.handlers import progress_reported
from services.aftercare.trajectories.messages import TrajectoryProgressReported
from shared.messaging import Event, Rejected
from shared.rules import BrokenRule
from shared.schemas import MessageSchema, schema_of
from shared.testing.service import RunningService
from shared.testing.waiting import wait_until


def report(aftercare: RunningService, trajectory_id: str, **differently: Any) -> Event[TrajectoryProgressReported]:
    """What a provider reports, as intake hands it on."""
    usual = {
        "messageId": str(uuid4()),
        "partner": "leger-des-heils",
        "assignmentId": trajectory_id,
        "on": "2015-03-09",
        "step": "intake",
    }
    return Event(
        id=uuid4(),
        type="trajectory-progress.reported.v1",
        sender="urn:nld:ketenhuis:intake",
        house=aftercare.house,
        case_id=uuid4(),
        time=datetime(2015, 3, 10, 12, tzinfo=UTC),
        correlation_id=uuid4(),
        data=schema_of(TrajectoryProgressReported, MessageSchema).load(usual | differently),
    )


def take(aftercare: RunningService, event: Event[TrajectoryProgressReported]) -> None:
    with aftercare.begin() as unit:
        progress_reported(event, unit)


def test_a_provider_reports_stages_and_the_end(start: Start, aftercare: RunningService) -> None:
    started = start()
    take(aftercare, report(aftercare, started["trajectoryId"]))
    take(aftercare, report(aftercare, started["trajectoryId"], step="training", on="2015-03-20", result="completed"))
    found = aftercare.get(path(started)).body
    assert [each["stage"] for each in found["stages"]] == ["intake", "training"]
    assert (found["endedOn"], found["result"]) == ("2015-03-20", "completed")


def test_a_report_comes_by_its_queue(start: Start, aftercare: RunningService) -> None:
    started = start()
    data = {
        "messageId": str(uuid4()),
        "partner": "leger-des-heils",
        "assignmentId": started["trajectoryId"],
        "on": "2015-03-09",
        "step": "intake",
    }
    aftercare.send("intake", "trajectory-progress.reported.v1", data, case_id=UUID(started["caseId"]))
    assert wait_until(lambda: aftercare.get(path(started)).body["stage"] == "intake", 10, interval=0.02)


def test_a_provider_reports_an_end_at_no_stage(start: Start, aftercare: RunningService) -> None:
    started = start(kind="guidance")
    take(aftercare, report(aftercare, started["trajectoryId"], step="ended", result="dropped_out"))
    found = aftercare.get(path(started)).body
    assert (found["stages"], found["result"]) == ([], "dropped_out")


@pytest.mark.parametrize(
    ("differently", "field"),
    [
        ({"assignmentId": str(uuid4())}, "assignmentId"),
        ({"step": "holiday"}, "step"),
        ({"on": "2015-03-01"}, "on"),
        ({"step": "ended"}, "result"),
    ],
)
def test_a_wrong_report_is_refused_in_the_providers_words(
    differently: dict[str, Any], field: str, start: Start, aftercare: RunningService
) -> None:
    started = start()
    with pytest.raises(Rejected) as refused:
        take(aftercare, report(aftercare, started["trajectoryId"], **differently))
    assert [problem.field for problem in refused.value.problems] == [field]
    assert standing(aftercare, started) == started


def test_a_report_that_is_wrong_in_part_has_no_effect(start: Start, aftercare: RunningService) -> None:
    started = start()
    ended = change(aftercare, started, "ending", {"on": "2015-05-01", "result": "completed"}).body
    wrong = report(aftercare, started["trajectoryId"], step="training", on="2015-03-20", result="completed")
    with aftercare.begin() as unit, suppress(BrokenRule):
        progress_reported(wrong, unit)
    assert standing(aftercare, started) == ended
