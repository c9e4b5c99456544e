"""The floor on a private broker and cluster."""

import pika

from bench.contenders.floor.contender import Floor
from bench.contenders.floor.hops import FEEDBACK, HOPS
from bench.contenders.floor.process import PROPERTIES
from bench.contenders.floor.topology import MAILBOX
from bench.driver import Driver
from bench.ground import VIRTUAL_HOST, Ground
from bench.tests.carrying import carry, effects_of, effects_seen, tasks_for


def test_the_floor_carries_referrals_from_the_partner_to_the_report_and_back(ground: Ground) -> None:
    tasks, contender = tasks_for(ground, 20), Floor(ground)
    noted = carry(ground, contender, tasks)
    sent = {task.message_id for task in tasks}
    assert noted.receipt.keys() == noted.feedback.keys() == noted.agenda.keys() == noted.tabled.keys() == sent
    assert effects_seen(ground, contender) == effects_of(tasks)
    assert not ground.control("list_queues", "-p", VIRTUAL_HOST, "--no-table-headers", "name").split()


def test_a_message_that_comes_again_has_no_second_effect(ground: Ground) -> None:
    tasks, contender = tasks_for(ground, 20), Floor(ground)
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


def test_what_was_left_in_an_outbox_leaves_at_the_next_start(ground: Ground) -> None:
    contender = Floor(ground)
    ground.empty()
    with ground.superuser("intake") as connection:
        connection.execute("INSERT INTO floor_outbox VALUES (7, %s, 'left')", [FEEDBACK])
        with contender.running(), pika.BlockingConnection(pika.URLParameters(ground.broker_url)) as broker:
            outbox = "SELECT FROM floor_outbox"
            ground.wait_for(lambda: connection.execute(outbox).rowcount == 0, "the outbox to be empty")
            assert broker.channel().basic_get(MAILBOX)[2] == b"left"


def test_an_event_goes_to_the_same_services_as_on_the_platform(ground: Ground) -> None:
    events = ground.stack.installation.topology.file["events"]
    for type in {type for hops in HOPS.values() for type in hops} & events.keys():
        assert {service for service, hops in HOPS.items() if type in hops} == {*events[type]["consumers"]}
