"""The count of each group of parked messages follows whatever comes and goes."""

from typing import Any
from uuid import uuid4

import psycopg
import pytest

from shared.messaging import Reader
from shared.messaging.brake import Brake
from shared.messaging.parked import NEWEST, Author, Parking
from shared.messaging.storage import Selection
from shared.messaging.tests import ledger
from shared.messaging.tests.batches import SEALER, deliveries, taker_of
from shared.messaging.tests.ledger import body

AUTHOR = Author.at_the_command_line("K. de Boer", "a test", "replay")
PARTS = 16


@pytest.fixture
def parking(connection: psycopg.Connection[Any]) -> Parking:
    return Parking(connection, SEALER)


def take(connection: psycopg.Connection[Any], *bodies: bytes) -> None:
    taker_of(Reader(ledger.ROUTES)).take(connection, deliveries(*bodies), Brake())


def counts(parking: Parking) -> dict[tuple[str, str], int]:
    """The numbers of messages by house and reason."""
    return {(group.house, group.reason): group.messages for group in parking.groups(Selection())}


def test_counts_follow_messages_that_are_parked_corrected_replayed_and_discarded(
    connection: psycopg.Connection[Any], parking: Parking
) -> None:
    take(connection, body(1)[:-1], *(body(-1) for _ in range(3)), body(13))
    here = ("test-house", "negative_amount"), ("test-house", "unexpected")
    assert counts(parking) == {("", "not_json"): 1, here[0]: 3, here[1]: 1}
    [message] = parking.messages(Selection(reason="not_json"), limit=1)
    parking.correct(message.id, body(1), AUTHOR)
    assert counts(parking) == {("test-house", "not_json"): 1, here[0]: 3, here[1]: 1}
    parking.replay(message.id, AUTHOR)
    group = Selection(house="test-house", sender="services", kind="rejected", reason="negative_amount")
    parking.discard_group(group, AUTHOR, after=0, newest=NEWEST)
    assert counts(parking) == {here[1]: 1}


def test_a_batch_that_is_rolled_back_counts_nothing(connection: psycopg.Connection[Any], parking: Parking) -> None:
    with connection.transaction(force_rollback=True):
        take(connection, body(-1))
    assert counts(parking) == {}


@pytest.mark.timeout(60)
def test_sessions_that_park_in_the_same_groups_wait_for_nobody(connection: psycopg.Connection[Any]) -> None:
    """Crosswise: with one count a group, each would wait for the other."""
    insert = (
        "INSERT INTO parked (queue, sender, message_id, kind, problems, body, house, reason)"
        " VALUES ('ledger', 'services', %s, 'rejected', '[]', '', 'a-house', %s)"
    )
    with _session_of_another_part(connection) as other, connection.transaction():
        for first, second in (("one", "two"), ("two", "one")):
            connection.execute(insert, (uuid4(), first))
            other.execute(insert, (uuid4(), second))
    assert counts(Parking(connection, SEALER)) == {("a-house", "one"): 2, ("a-house", "two"): 2}


def _session_of_another_part(connection: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
    """In a transaction that commits when the session ends."""
    info = connection.info
    sessions = [psycopg.connect(info.dsn, password=info.password) for _ in range(2)]
    [other, *further] = [each for each in sessions if (each.info.backend_pid - info.backend_pid) % PARTS]
    for session in further:
        session.close()
    return other
