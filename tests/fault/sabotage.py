"""Ways to break the core on purpose: each takes one promise away, and the oracle must notice."""

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import eventlet
import psycopg
from eventlet import corolocal

from shared import crash_points
from shared.crash_points import CrashPoint
from shared.messaging.entrypoint import BatchConsumer
from shared.messaging.raw_consumer import Arrival
from shared.messaging.storage import MessageKey, MessageStore, StreamStore
from shared.messaging.storage.commands import CommandStore

REFERRAL_NOT_COMMITTED, BOOKING_NOT_ANSWERED = "referral-not-committed", "booking-not-answered"
"""Crash points that only broken cores have: of many batches and commands these have something to lose."""


def _pass_by_a_referral() -> None:
    """Pass the crash point once a referral is announced."""
    add = MessageStore.add_to_outbox

    def add_and_pass(self: MessageStore, **row: Any) -> None:
        add(self, **row)
        if row["routing_key"] == "referrals.registered.v1":
            crash_points.passing(REFERRAL_NOT_COMMITTED)  # type: ignore[arg-type]

    MessageStore.add_to_outbox = add_and_pass  # type: ignore[method-assign]


def skip_the_inbox() -> None:
    """Every message counts as new."""
    enter = MessageStore.enter

    def enter_all(
        self: MessageStore, hashes: Mapping[MessageKey, bytes], cases: Collection[UUID]
    ) -> tuple[set[MessageKey], set[UUID]]:
        _, waiting_cases = enter(self, hashes, cases)
        return set(hashes), waiting_cases

    MessageStore.enter = enter_all  # type: ignore[method-assign]


def ack_before_commit() -> None:
    """The broker forgets a batch before the database knows it."""

    def settle(self: BatchConsumer, arrivals: list[Arrival]) -> None:
        for arrival in arrivals:
            arrival.ack(earlier=False)
        while not self._offer([arrival.delivery for arrival in arrivals]).settled:
            eventlet.sleep(0.2)

    BatchConsumer._settle = settle  # type: ignore[method-assign]
    _pass_by_a_referral()


def publish_before_commit() -> None:
    """Events leave whether or not the transaction that announces them commits."""
    add = MessageStore.add_to_outbox
    connections: list[psycopg.Connection[Any]] = []

    def add_at_once(self: MessageStore, **row: Any) -> None:
        if not connections:
            connections.append(psycopg.connect(os.environ["DATABASE_URL"], autocommit=True))
        at_once = MessageStore(connections[0], self._sealer)
        add(at_once, **row)
        at_once.flush()

    MessageStore.add_to_outbox = add_at_once  # type: ignore[method-assign]
    _pass_by_a_referral()


def forget_the_delete_bound() -> None:
    """All that is in the outbox goes when some of it is confirmed."""

    def delete(self: MessageStore | StreamStore, positions: Sequence[int]) -> None:
        if positions:
            self._connection.execute("DELETE FROM outbox")

    MessageStore.delete_from_outbox = delete  # type: ignore[method-assign]
    StreamStore.move_from_outbox = delete  # type: ignore[method-assign]


def send_the_newest_first() -> None:
    """Events of one case leave in the wrong order."""
    oldest_first = MessageStore.queries["outbox_head"]
    newest_first = oldest_first.replace("< (head.sequence", "> (head.sequence")
    assert newest_first != oldest_first
    MessageStore.queries = {**MessageStore.queries, "outbox_head": newest_first}


def forget_the_keys() -> None:
    """A command that comes again under its key is carried out again."""
    CommandStore.enter = lambda self, key, content: True  # type: ignore[method-assign]
    add, passing, under_way = MessageStore.add_to_outbox, crash_points.passing, corolocal.local()

    def add_and_note(self: MessageStore, **row: Any) -> None:
        add(self, **row)
        under_way.books = row["routing_key"] == "ledger-entries.booked.v1"

    def pass_also_by_a_booking(point: CrashPoint) -> None:
        passing(point)
        if point == CrashPoint.AFTER_COMMAND_COMMIT and getattr(under_way, "books", False):
            under_way.books = False
            passing(BOOKING_NOT_ANSWERED)  # type: ignore[arg-type]

    MessageStore.add_to_outbox = add_and_note  # type: ignore[method-assign]
    crash_points.passing = pass_also_by_a_booking


SABOTAGES: Mapping[str, Callable[[], None]] = {
    sabotage.__name__: sabotage
    for sabotage in (
        skip_the_inbox,
        ack_before_commit,
        publish_before_commit,
        forget_the_delete_bound,
        send_the_newest_first,
        forget_the_keys,
    )
}
