"""The queues of an older installation: the broker loads the definitions of today, queues keep their arguments."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pika
import pytest
from pika.adapters.blocking_connection import BlockingChannel

from deploy.topology import Topology
from shared.testing.setup import ADMINISTRATOR, RunningBroker
from shared.testing.waiting import wait_until

OLDER, HOUSE = "older", 'house = "a"\n[[partners]]\nid = "b"\n'
PARTNER, INGRESS, OUT, DEAD = "a.b", "intake.from.a.b", "partner.a.b.out", "partner.a.b.dead"
OF_PARTNERS, OF_OPERATORS = "dead-letters-of-partners", "dead-letters"


@pytest.fixture
def upgraded(broker: RunningBroker, tmp_path: Path) -> Iterator[BlockingChannel]:
    """A channel to a virtual host that loaded the older definitions, got a message, and then loaded those of today."""
    today = definitions(tmp_path)
    load(broker, tmp_path, as_they_were(today))
    broker.node.control("set_permissions", "-p", OLDER, ADMINISTRATOR, ".*", ".*", ".*")
    parameters = pika.URLParameters(broker.administrator_url)
    parameters.virtual_host = OLDER
    connection = pika.BlockingConnection(parameters)
    channel = connection.channel()
    channel.confirm_delivery()
    publish(channel, "partner.a.b.in", "before")
    load(broker, tmp_path, today)
    yield channel
    connection.close()
    broker.node.control("delete_vhost", OLDER)


def definitions(directory: Path) -> dict[str, Any]:
    """Today's, of one partner, in a virtual host of its own and without users."""
    (directory / "a.toml").write_text(HOUSE)
    topology = Topology.load(directory)
    made = topology.definitions(dict.fromkeys(topology.users, "password"))
    kept = {kind: deepcopy(made[kind]) for kind in ("policies", "exchanges", "queues", "bindings")}
    for entry in (each for entries in kept.values() for each in entries):
        entry["vhost"] = OLDER
    return {"vhosts": [{"name": OLDER}], **kept}


def as_they_were(today: dict[str, Any]) -> dict[str, Any]:
    """From before partners had dead letters of their own: all went to the operators."""
    older = deepcopy(today)
    older["exchanges"] = [each for each in older["exchanges"] if each["name"] != OF_PARTNERS]
    older["queues"] = [each for each in older["queues"] if each["name"] != DEAD]
    older["bindings"] = [each for each in older["bindings"] if each["source"] != OF_PARTNERS]
    older["policies"] = [each for each in older["policies"] if each["name"] in ("service", "ingress", "out")]
    for policy in older["policies"]:
        policy["definition"]["dead-letter-exchange"] = OF_OPERATORS
    return older


def load(broker: RunningBroker, directory: Path, definitions: dict[str, Any]) -> None:
    (directory / "definitions.json").write_text(json.dumps(definitions))
    broker.node.control("import_definitions", str(directory / "definitions.json"))


def publish(channel: BlockingChannel, exchange: str, key: str, **properties: Any) -> None:
    channel.basic_publish(exchange, key, b"a name", pika.BasicProperties(delivery_mode=2, **properties), mandatory=True)


def first(channel: BlockingChannel, queue: str) -> Any:
    """The delivery of the message that waits there; nothing else is fetched."""
    channel.basic_qos(prefetch_count=1)
    return next(channel.consume(queue, inactivity_timeout=10))[0]


def waiting(channel: BlockingChannel, queue: str) -> int:
    return int(channel.queue_declare(queue, passive=True).method.message_count)


def test_the_queues_of_an_older_version_go_on(upgraded: BlockingChannel) -> None:
    publish(upgraded, "partners", PARTNER)
    upgraded.basic_ack(first(upgraded, OUT).delivery_tag)
    upgraded.cancel()
    publish(upgraded, "partner.a.b.in", "after")
    for key in ("before", "after"):
        delivery = first(upgraded, INGRESS)
        assert delivery.routing_key == key
        upgraded.basic_ack(delivery.delivery_tag)


def test_what_is_dead_in_them_goes_where_nobody_reads_whatever_its_routing_key(upgraded: BlockingChannel) -> None:
    publish(upgraded, "partners", PARTNER)
    for queue in (INGRESS, OUT):
        upgraded.basic_reject(first(upgraded, queue).delivery_tag, requeue=False)
        upgraded.cancel()
    publish(upgraded, "partner.a.b.in", "made.up", expiration="1")
    assert wait_until(lambda: waiting(upgraded, DEAD) == 3, 20)
    assert waiting(upgraded, OF_OPERATORS) == 0
