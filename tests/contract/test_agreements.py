"""A publisher and its consumers agree: on the topology, on the types and on each example."""

import json
from typing import Any

import orjson
import pytest

from services.intake.house import FROM_EVERY_PARTNER
from shared.messaging.envelope import Envelope, encode, envelope_of, with_sequence
from tests.contract.declared import (
    DOOR,
    EVENTS,
    SERVICES,
    Example,
    examples_of_partners,
    examples_of_services,
    partners,
    published,
    routes,
)

EXAMPLES = examples_of_services()
FROM_PARTNERS = examples_of_partners()
PAIRS = [(type, reader) for type, event in EVENTS.items() for reader in event["consumers"]]


def of_partners(permission: str) -> frozenset[str]:
    """The types that some partner has the permission for: `may_send` or `may_get`."""
    of_all = FROM_EVERY_PARTNER if permission == "may_send" else frozenset()
    return of_all.union(*(partner[permission] for partner in partners()))


def data_of(type: str) -> list[dict[str, Any]]:
    return [example.message["data"] for example in EXAMPLES if example.type == type]


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_reads_exactly_what_is_bound_to_its_queues(service: str) -> None:
    bound = {type for type, event in EVENTS.items() if service in event["consumers"]}
    assert set(routes(service)) == bound | (of_partners("may_send") if service == DOOR else set())


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_publishes_exactly_what_the_topology_expects_of_it(service: str) -> None:
    expected = {type for type, event in EVENTS.items() if event["publisher"] == service}
    assert set(published(service)) == expected | (of_partners("may_get") if service == DOOR else set())


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_has_an_example_of_each_message_that_it_publishes(service: str) -> None:
    assert {example.type for example in EXAMPLES if example.publisher == service} == set(published(service))


def test_there_is_an_example_of_each_message_that_a_partner_may_send() -> None:
    assert {example.type for example in FROM_PARTNERS} == of_partners("may_send")


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_an_example_is_whole_in_its_publishers_schema(example: Example) -> None:
    schema, data = published(example.publisher)[example.type], example.message["data"]
    assert json.loads(orjson.dumps(schema.dump(schema.load(data)))) == data


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_an_example_is_what_would_go_over_the_wire(example: Example) -> None:
    received = envelope_of(example.message, "services")._asdict() | {
        "correlation_id": example.message.get("correlationid")
    }
    body = encode(Envelope(**{name: received[name] for name in Envelope._fields}))
    if number := example.message.get("sequence"):
        body = with_sequence(body, int(number))
    assert json.loads(body) == example.message


@pytest.mark.parametrize(("type", "consumer"), PAIRS)
def test_a_consumer_reads_its_publishers_examples(type: str, consumer: str) -> None:
    assert data_of(type)
    for data in data_of(type):
        assert routes(consumer)[type].schema.load(data)


@pytest.mark.parametrize(("type", "consumer"), PAIRS)
def test_a_consumer_does_not_mind_a_field_that_it_does_not_know(type: str, consumer: str) -> None:
    schema = routes(consumer)[type].schema
    for data in data_of(type):
        assert schema.load(data | {"somethingNewer": {"deeper": 1}}) == schema.load(data)


@pytest.mark.parametrize("example", FROM_PARTNERS, ids=str)
def test_what_partners_are_shown_to_send_is_accepted_as_it_stands(example: Example) -> None:
    sender = next(each for each in partners() if each["source"] == example.message["source"])
    assert routes(DOOR)[example.type].schema.load(example.message["data"])
    assert example.type in FROM_EVERY_PARTNER.union(sender["may_send"])
