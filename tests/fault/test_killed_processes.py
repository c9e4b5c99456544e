"""Kill -9 in the middle of a replay: the report at the end is the same."""

import time
from pathlib import Path

import pytest

from deploy.local.stack import LocalStack
from tests.playing import Ending, replaying

SECONDS_BETWEEN_KILLS = 1.0


@pytest.mark.timeout(600)
def test_each_worker_and_relay_may_be_killed_in_the_middle_of_a_year(
    undisturbed: Ending, stack: LocalStack, tmp_path: Path
) -> None:
    with replaying(stack, tmp_path) as replay:
        for process in stack.processes:
            time.sleep(SECONDS_BETWEEN_KILLS)
            assert replay.is_under_way, f"the year was over before {process} could be killed"
            stack.kill(process)
        assert replay.finish() == 0
        assert Ending.of(stack, replay) == undisturbed


@pytest.mark.timeout(600)
def test_the_broker_and_the_databases_may_be_killed_in_the_middle_of_a_year(
    undisturbed: Ending, stack: LocalStack, tmp_path: Path
) -> None:
    with replaying(stack, tmp_path) as replay:
        for process in ("broker", "postgres", "broker"):
            time.sleep(3 * SECONDS_BETWEEN_KILLS)
            assert replay.is_under_way, f"the year was over before {process} could be killed"
            stack.kill(process)
        assert replay.finish() == 0
        assert Ending.of(stack, replay) == undisturbed
