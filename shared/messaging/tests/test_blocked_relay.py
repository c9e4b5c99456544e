"""A relay at a broker that takes nothing, being short of memory or disk."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import requests

from shared.messaging.tests.ledger import Place
from shared.messaging.tests.relaying import announce, outbox_is_empty, relay
from shared.testing.setup import RunningBroker
from shared.testing.waiting import free_ports, wait_until

SHORT = {
    "low on memory": ("set_vm_memory_high_watermark absolute 1MB", "set_vm_memory_high_watermark absolute 512MiB"),
    "low on disk": ("set_disk_free_limit 100000GB", "set_disk_free_limit 256MiB"),
}


@contextmanager
def short_of(broker: RunningBroker, what: str) -> Iterator[None]:
    before, after = SHORT[what]
    broker.node.control(*before.split())
    try:
        yield
    finally:
        broker.node.control(*after.split())


@pytest.mark.parametrize("what", SHORT)
def test_it_says_what_the_broker_is_short_of_and_goes_on_by_itself(
    place: Place, broker: RunningBroker, what: str
) -> None:
    [port] = free_ports(1)
    url = f"http://127.0.0.1:{port}"

    def readiness() -> tuple[int, str]:
        answer = requests.get(f"{url}/health/ready", timeout=5)
        return answer.status_code, answer.text

    with relay(place, RELAY_HTTP_ADDRESS=f"127.0.0.1:{port}"):
        announce(place, 1)
        assert wait_until(lambda: outbox_is_empty(place), 20)
        assert readiness() == (200, "OK")
        with short_of(broker, what):
            announce(place, 2, 3)
            assert wait_until(lambda: readiness() == (503, f"the broker takes nothing: {what}"), 10)
            assert "messaging_broker_blocked 1.0" in requests.get(f"{url}/metrics", timeout=5).text
            assert requests.get(f"{url}/health/live", timeout=5).ok
        assert wait_until(lambda: outbox_is_empty(place), 20)
        assert readiness() == (200, "OK")
    assert sorted(message["data"]["amount"] for message in place.received(3)) == [1, 2, 3]
