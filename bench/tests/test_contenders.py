"""Each contender carries referrals from the partner to the report and back."""

from collections.abc import Callable, Sequence

import pytest

from bench.contender import Contender
from bench.contenders.faststream.contender import FastStreamContender
from bench.contenders.floor.contender import Floor
from bench.contenders.platform import Platform
from bench.contenders.stock_nameko.contender import StockNameko
from bench.driver import Driver, Noted
from bench.ground import VIRTUAL_HOST, Ground
from bench.tests.carrying import carry, effects_of, effects_seen, tasks_for
from bench.work import Task


@pytest.mark.parametrize("contender_on", [Platform, FastStreamContender, Floor])
def test_every_referral_is_answered_and_leaves_all_its_effects_once_also_if_its_message_comes_again(
    ground: Ground, contender_on: Callable[[Ground], Contender]
) -> None:
    tasks, contender = tasks_for(ground, 20), contender_on(ground)
    ground.empty()
    with contender.running():
        ground.watch(contender.watched)
        with Driver(ground, contender) as driver:
            early = driver.carry(tasks[:10])
            for task in tasks[:10]:
                driver.send(task)
            late = driver.carry(tasks[10:])
    _assert_all_noted(early, tasks[:10])
    _assert_all_noted(late, tasks[10:])
    assert effects_seen(ground, contender) == effects_of(tasks)
    assert not _queues(ground)


def test_stock_nameko_answers_every_referral_and_leaves_all_its_effects(ground: Ground) -> None:
    tasks, contender = tasks_for(ground, 20), StockNameko(ground)
    _assert_all_noted(carry(ground, contender, tasks), tasks)
    assert effects_seen(ground, contender) == effects_of(tasks)
    assert not _queues(ground)


def _assert_all_noted(noted: Noted, tasks: Sequence[Task]) -> None:
    sent = {task.message_id for task in tasks}
    assert noted.receipt.keys() == noted.feedback.keys() == noted.agenda.keys() == noted.tabled.keys() == sent


def _queues(ground: Ground) -> list[str]:
    """Those that a contender has left in its part of the broker."""
    return ground.control("list_queues", "-p", VIRTUAL_HOST, "--no-table-headers", "name").split()
