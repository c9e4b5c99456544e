"""The floor on a private broker and cluster."""

import pika

from bench.contenders.floor.contender import Floor
from bench.contenders.floor.hops import FEEDBACK, HOPS
from bench.contenders.floor.topology import MAILBOX
from bench.ground import Ground


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
