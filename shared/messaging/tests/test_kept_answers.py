"""Stored answers are deleted after some days: a real relay on a real database."""

from hashlib import sha256
from uuid import UUID, uuid4

import psycopg

from shared.messaging.sealing import Sealer
from shared.messaging.storage import CommandKey, CommandStore
from shared.messaging.tests.ledger import Place
from shared.messaging.tests.relaying import relay
from shared.testing.keys import KEYS
from shared.testing.waiting import wait_until


def answered(place: Place, *, days_ago: int) -> UUID:
    """Store an answer of this age; returns its key."""
    key = CommandKey("test-house", "director", uuid4())
    with psycopg.connect(place.database_url) as connection:
        commands = CommandStore(connection, Sealer(KEYS))
        commands.enter(key, b"fingerprint")
        commands.keep(key, status=204, headers={}, body=b"")
        connection.execute(
            "UPDATE commands SET at = now() - make_interval(days => %s) WHERE key = %s", [days_ago, key.key]
        )
    return key.key


def test_nobody_who_reads_the_commands_can_tell_whether_a_guess_is_the_command(place: Place) -> None:
    answered(place, days_ago=0)
    [(stored,)] = place.query("SELECT fingerprint FROM commands")
    assert sha256(b"fingerprint").digest() != stored


def test_an_answer_is_forgotten_after_its_days_and_not_before(place: Place) -> None:
    answered(place, days_ago=3)
    recent = answered(place, days_ago=2)
    with relay(place, COMMAND_DAYS="3"):
        assert wait_until(lambda: place.query("SELECT key FROM commands") == [(recent,)], 10)
