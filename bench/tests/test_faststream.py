"""FastStream on a private broker and cluster."""

import pika

from bench.contenders.faststream.contender import PROPERTIES, FastStreamContender
from bench.driver import Driver
from bench.ground import VIRTUAL_HOST, Ground
from bench.tests.carrying import carry, effects_of, effects_seen, tasks_for


def test_faststream_carries_referrals_from_the_partner_to_the_report_and_back(ground: Ground) -> None:
    tasks, contender = tasks_for(ground, 20), FastStreamContender(ground)
    noted = carry(ground, contender, tasks)
    sent = {task.message_id for task in tasks}
    assert noted.receipt.keys() == noted.feedback.keys() == noted.agenda.keys() == noted.tabled.keys() == sent
    assert effects_seen(ground, contender) == effects_of(tasks)
    assert not ground.control("list_queues", "-p", VIRTUAL_HOST, "--no-table-headers", "name").split()


def test_a_message_that_comes_again_has_no_second_effect(ground: Ground) -> None:
    tasks, contender = tasks_for(ground, 20), FastStreamContender(ground)
    ground.empty()
    ground.watch(contender.watched)
    with contender.running(), Driver(ground, contender) as driver:
        driver.carry(tasks[:10])
        with pika.BlockingConnection(pika.URLParameters(ground.broker_url)) as connection:
            channel = connection.channel()
            for task in tasks[:10]:
                channel.basic_publish(*contender.door(task), task.body, PROPERTIES)
        driver.carry(tasks[10:])
    assert effects_seen(ground, contender) == effects_of(tasks)
    assert "ERROR" not in (ground.directory / "logs" / "intake.log").read_text()
