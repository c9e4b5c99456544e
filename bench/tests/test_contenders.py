"""Each contender carries referrals from the partner to the report and back."""

from collections.abc import Callable

import pytest

from bench.contender import Contender
from bench.contenders.faststream.contender import FastStreamContender
from bench.contenders.floor.contender import Floor
from bench.contenders.platform import Platform
from bench.contenders.stock_nameko.contender import StockNameko
from bench.driver import Driver
from bench.ground import VIRTUAL_HOST, Ground
from bench.tests.carrying import carry, effects_of, effects_seen, tasks_for

EFFECTIVELY_ONCE = [Platform, FastStreamContender, Floor]


@pytest.mark.parametrize("contender_on", [*EFFECTIVELY_ONCE, StockNameko])
def test_every_referral_is_answered_and_leaves_all_its_effects(
    ground: Ground, contender_on: Callable[[Ground], Contender]
) -> None:
    tasks, contender = tasks_for(ground, 20), contender_on(ground)
    noted = carry(ground, contender, tasks)
    sent = {task.message_id for task in tasks}
    assert noted.receipt.keys() == noted.feedback.keys() == noted.agenda.keys() == noted.tabled.keys() == sent
    assert effects_seen(ground, contender) == effects_of(tasks)
    assert not ground.control("list_queues", "-p", VIRTUAL_HOST, "--no-table-headers", "name").split()


@pytest.mark.parametrize("contender_on", EFFECTIVELY_ONCE)
def test_a_message_that_comes_again_has_no_second_effect(
    ground: Ground, contender_on: Callable[[Ground], Contender]
) -> None:
    tasks, contender = tasks_for(ground, 20), contender_on(ground)
    ground.empty()
    with contender.running():
        ground.watch(contender.watched)
        with Driver(ground, contender) as driver:
            driver.carry(tasks[:10])
            for task in tasks[:10]:
                driver.send(task)
            driver.carry(tasks[10:])
    assert effects_seen(ground, contender) == effects_of(tasks)
