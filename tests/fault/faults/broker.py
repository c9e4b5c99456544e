"""The broker is away, in need, full, or not as it was deployed."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from pika import BasicProperties
from pika.adapters.blocking_connection import BlockingChannel

from tests.fault.arena import Arena
from tests.fault.faults.registry import BLOW_SECONDS, counting, down, down_for_a_while, fault, freeze, see

LONGER_THAN_HEARTBEATS_SECONDS = 25.0
REFUSED = "messaging_published_retries_total"
RETURNED = "messaging_published_returned_total"


@fault
def broker_killed(arena: Arena, random: Random) -> None:
    arena.kill("broker")
    _comes_back(arena)


@fault
def broker_stopped_and_started(arena: Arena, random: Random) -> None:
    down_for_a_while(arena, "broker")
    _comes_back(arena)


@fault
def broker_frozen(arena: Arena, random: Random) -> None:
    """For so long that everybody gives it up."""
    freeze(arena, "broker", LONGER_THAN_HEARTBEATS_SECONDS)
    _comes_back(arena)


@fault
def connections_closed_by_the_broker(arena: Arena, random: Random) -> None:
    processes = len(arena.services) + len(arena.relays)
    for _ in range(2):
        before = arena.broker_link.connections
        arena.control("close_all_connections", "--global", "fault test")
        see(lambda before=before: arena.broker_link.connections >= before + processes, "everybody to connect again")  # type: ignore[misc]


@fault
def memory_alarm(arena: Arena, random: Random) -> None:
    """The broker takes nothing more from who publishes."""
    try:
        arena.control("set_vm_memory_high_watermark", "absolute", "1MB")
        see(lambda: "memory" in arena.control("eval", "rabbit_alarm:get_alarms()."), "the alarm")
        time.sleep(BLOW_SECONDS)
    finally:
        arena.control("set_vm_memory_high_watermark", "absolute", "512MiB")


@fault
def disk_alarm(arena: Arena, random: Random) -> None:
    try:
        arena.control("set_disk_free_limit", "100000GB")
        see(lambda: "disk" in arena.control("eval", "rabbit_alarm:get_alarms()."), "the alarm")
        time.sleep(BLOW_SECONDS)
    finally:
        arena.control("set_disk_free_limit", "256MiB")


@fault
def service_queue_full(arena: Arena, random: Random) -> None:
    """The relay is told no, and holds its events back."""
    with _bounded(arena, "^weighing[.]"), down(arena, "weighing"), counting(arena, REFUSED, "intake-relay"):
        time.sleep(BLOW_SECONDS / 2)


@fault
def partners_queue_full(arena: Arena, random: Random) -> None:
    """Partners are told no, and send again."""
    queues = [queue.name for queue in arena.stack.installation.topology.queues if queue.name.startswith("intake.from.")]
    with _bounded(arena, "^intake[.]from[.]"), down(arena, "intake"), arena.administrator() as channel:
        see(lambda: any(_waiting(channel, queue) for queue in queues), "a queue to be full")
        time.sleep(BLOW_SECONDS)


@fault
def dead_letter_target_missing(arena: Arena, random: Random) -> None:
    """A message that a partner lets expire has nowhere to go, and is kept until it has."""
    user = f"{arena.house}.halt"
    dead, target = f"partner.{user}.dead", "dead-letters-of-partners"
    expiring = BasicProperties(expiration="100", delivery_mode=2)
    with down(arena, "intake"), arena.administrator() as channel:
        try:
            channel.exchange_delete(target)
            channel.confirm_delivery()
            channel.basic_publish(f"partner.{user}.in", "", b"expires", expiring, mandatory=True)
            time.sleep(BLOW_SECONDS / 2)
        finally:
            arena.stack.installation.broker.load_definitions()
        see(lambda: _waiting(channel, dead) == 1, "the dead letter to arrive")
        channel.queue_purge(dead)
    arena.wait_until_ready("intake")


@fault
def unroutable(arena: Arena, random: Random) -> None:
    """Bindings are missing; what has no queue is given back to its relay and kept."""
    partners = [f"{arena.house}.{partner}" for partner in ("dji", "gemeente-gouda")]
    event = ("intake.in", "weighing", "information-requests.issued.v1")
    lost = [("partners", partner, f"partner.{partner}.out") for partner in partners]
    with arena.administrator() as channel:
        try:
            channel.exchange_unbind(*event)
            for exchange, key, queue in lost:
                channel.queue_unbind(queue, exchange, key)
            with counting(arena, RETURNED, "intake-relay"), counting(arena, RETURNED, "weighing-relay"):
                time.sleep(BLOW_SECONDS / 2)
        finally:
            channel.exchange_bind(*event)
            for exchange, key, queue in lost:
                channel.queue_bind(queue, exchange, key)


@contextmanager
def _bounded(arena: Arena, queues: str) -> Iterator[None]:
    """Room for one message."""
    where, name = ("-p", arena.virtual_host), "fault-bounded"
    limits = '{"max-length": 1, "overflow": "reject-publish"}'
    arena.control("set_policy", *where, "--priority", "9", "--apply-to", "queues", name, queues, limits)
    try:
        yield
    finally:
        arena.control("clear_policy", *where, name)


def _comes_back(arena: Arena) -> None:
    see(arena.stack.broker_is_ready, "the broker to come back")
    arena.wait_until_ready(*arena.services, *arena.relays)


def _waiting(channel: BlockingChannel, queue: str) -> int:
    return int(channel.queue_declare(queue, passive=True).method.message_count)
