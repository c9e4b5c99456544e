"""A relay whose database can't write what was published: it must not publish the same again and again meanwhile."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
import requests
from psycopg import sql

from shared.messaging.publishing import PARTNERS_EXCHANGE
from shared.messaging.tests.ledger import Place
from shared.messaging.tests.relaying import announce, outbox_is_empty, relay
from shared.testing.databases import Databases
from shared.testing.waiting import free_ports, wait_until

FULL = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE disk_full; END $$;
CREATE TRIGGER no_room BEFORE INSERT ON stream_messages EXECUTE FUNCTION no_room();
"""


@contextmanager
def full_disk(place: Place, databases: Databases) -> Iterator[None]:
    """No room for a message sent to a partner, and for sessions that begin meanwhile no room at all."""
    name = place.database_url.rpartition("/")[2]
    database = sql.Identifier(name)
    with psycopg.connect(databases.cluster.url(name), autocommit=True) as administrator:
        administrator.execute(FULL)
        administrator.execute(sql.SQL("ALTER DATABASE {} SET temp_file_limit = 0").format(database))
        yield
        administrator.execute(sql.SQL("ALTER DATABASE {} RESET temp_file_limit").format(database))
        administrator.execute("DROP TRIGGER no_room ON stream_messages")


@pytest.fixture
def partner(place: Place) -> Iterator[str]:
    """A queue of a partner."""
    name = f"{place.name}.partner"
    place.channel.queue_declare(name, durable=True, arguments={"x-queue-type": "quorum"})
    place.channel.queue_bind(name, PARTNERS_EXCHANGE, name)
    yield name
    place.channel.queue_delete(name)


def test_it_waits_until_there_is_room_and_says_so(place: Place, databases: Databases, partner: str) -> None:
    [port] = free_ports(1)

    def readiness() -> tuple[int, str]:
        answer = requests.get(f"http://127.0.0.1:{port}/health/ready", timeout=5)
        return answer.status_code, answer.text

    announce(place, 1, to=partner)
    with relay(place, RELAY_HTTP_ADDRESS=f"127.0.0.1:{port}"):
        assert wait_until(lambda: outbox_is_empty(place), 20)
        with full_disk(place, databases):
            announce(place, 2, to=partner)
            time.sleep(4)
            assert readiness() == (503, "the database can't write")
        assert wait_until(lambda: outbox_is_empty(place), 20)
        assert readiness() == (200, "OK")
    assert wait_until(lambda: place.waiting(partner) >= 3, 5)
    assert place.waiting(partner) == 3
