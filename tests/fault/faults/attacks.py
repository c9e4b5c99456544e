"""One partner, one caller or a stranger takes more than a share: the others are served meanwhile.

The attackers are partners of the house of STRANGERS. All of it is bounded in number and time, and goes to loopback.
"""

import json
import socket
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from datetime import date
from itertools import islice
from random import Random
from threading import Event
from typing import Any
from urllib.parse import urlsplit

import requests
from pika import BasicProperties, frame, spec
from pika.adapters.blocking_connection import BlockingChannel
from pika.exceptions import AMQPError

from replay.house import load_house
from replay.players.letters import letter
from tests.fault.arena import Arena
from tests.fault.faults.registry import BLOW_SECONDS, attack, see
from tests.fault.faults.strangers import MUNICIPALITY, PRISONS, publish, stranger
from tests.fault.oracle.stores import STRANGERS

MEGABYTE = 1024 * 1024
LIST_HEADER = (
    "bsn;family_name;given_names;birth_date;sex;municipality;institution;detained_on;expected_release_on;released_on"
)
SOCKETS = 1060
REJECTED = 200


@attack
def lists_with_no_row_right(arena: Arena, random: Random) -> None:
    """Forty outflow lists with 21,600 rows that are none: once three seconds of CPU each."""
    rows = "\n".join([LIST_HEADER, *["0"] * 21_600])
    data = {"reference": "list", "year": 2015, "part": 1, "parts": 1, "list": rows}
    with stranger(arena, PRISONS) as channel:
        for _ in range(40):
            publish(channel, PRISONS, _message(arena, PRISONS, "outflow-lists.submitted.v1", data))
    _all_read(arena)


@attack
def long_lists_of_nothing(arena: Arena, random: Random) -> None:
    """Forty answers that name 21,500 services without a name."""
    data = {"requestId": "0", "answeredOn": "2015-03-10", "involved": [""] * 21_500}
    with stranger(arena, MUNICIPALITY) as channel:
        for _ in range(40):
            publish(channel, MUNICIPALITY, _message(arena, MUNICIPALITY, "information-answers.submitted.v1", data))
    _all_read(arena)


@attack
def thousands_of_unknown_fields(arena: Arena, random: Random) -> None:
    """A hundred messages with 3,182 fields that nobody knows, which stand parked."""
    data = {f"field{number}": number for number in range(3182)}
    with stranger(arena, MUNICIPALITY) as channel:
        for _ in range(100):
            publish(channel, MUNICIPALITY, _message(arena, MUNICIPALITY, "current-referrals.submitted.v1", data))
    _all_read(arena)


@attack
def heavy_messages_of_many_partners(arena: Arena, random: Random) -> None:
    """Twelve partners send twenty messages of objects in objects, each of which takes 2.2 MB of memory once read."""
    data = {"requestId": "0", "answeredOn": "2015-03-10", "involved": "none"}
    objects = b",".join([b'{"":{"":{"":{"":{}}}}}'] * 2700)
    message = _message(arena, MUNICIPALITY, "information-answers.submitted.v1", data)
    heavy = message.replace(b'"none"', b"[%b]" % objects)
    house = load_house(arena.stack.installation.houses / f"{STRANGERS}.toml")
    for partner in islice(house.partners, 12):
        with stranger(arena, partner) as channel:
            for number in range(20):
                publish(channel, partner, heavy.replace(b'"id": "', b'"id": "%d-' % number))
    _all_read(arena)


@attack
def messages_of_a_megabyte(arena: Arena, random: Random) -> None:
    """A hundred of them: each is refused by the broker, which closes the channel, or by intake."""
    for _ in range(100):
        with suppress(AMQPError), stranger(arena, PRISONS) as channel:
            channel.confirm_delivery()  # hears the broker close it before we do: of two closings that cross, none ends
            publish(channel, PRISONS, b" " * MEGABYTE)
    _all_read(arena)


@attack
def a_flood_of_small_messages(arena: Arena, random: Random) -> None:
    """Five thousand that are no JSON."""
    with stranger(arena, PRISONS) as channel:
        for number in range(5000):
            publish(channel, PRISONS, b"no JSON %d" % number)
    _all_read(arena)


@attack
def messages_left_unfinished(arena: Arena, random: Random) -> None:
    """On as many channels as there may be a megabyte is announced, and its last byte left out."""
    with suppress(AMQPError), stranger(arena, PRISONS) as first:
        for channel in _channels(first, 400):
            _announce(channel, PRISONS)
            time.sleep(0.01)
        time.sleep(BLOW_SECONDS)


@attack
def connections_by_the_hundred(arena: Arena, random: Random) -> None:
    """One user comes in again and again, as often as it is let, and stays."""
    with ExitStack() as open:
        for _ in range(300):
            with suppress(AMQPError, OSError):
                open.enter_context(stranger(arena, PRISONS))
        time.sleep(BLOW_SECONDS)


@attack
def sockets_that_say_nothing(arena: Arena, random: Random) -> None:
    """More than a process may have files, at the door of each service one after another."""
    for service in arena.services:
        with _sockets(arena.stack.http_url(service), SOCKETS):
            time.sleep(BLOW_SECONDS / len(arena.services))
    arena.wait_until_ready(*arena.services)


@attack
def callers_who_never_finish(arena: Arena, random: Random) -> None:
    """Two hundred requests whose head comes byte by byte."""
    with _sockets(arena.stack.http_url("intake"), 200) as slow:
        for byte in b"GET /v1/parked-messages HTTP/1.1\r\nX: " + b"x" * int(BLOW_SECONDS / 0.1):
            for each in slow:
                with suppress(OSError):
                    each.send(bytes([byte]))
            time.sleep(0.1)
    arena.wait_until_ready("intake")


@attack
def callers_who_send_without_end(arena: Arena, random: Random) -> None:
    """A body in chunks of a byte, to each service, as fast as each takes it; its health is told all the same."""
    enough = Event()
    with ThreadPoolExecutor(len(arena.services)) as callers:
        for service in arena.services:
            callers.submit(_send_without_end, arena.stack.http_url(service), enough)
        try:
            time.sleep(BLOW_SECONDS)
            for service in arena.services:
                see(lambda service=service: _tells_health(arena, service), f"{service} to tell its health")  # type: ignore[misc]
        finally:
            enough.set()


@attack
def a_relays_door_held_open(arena: Arena, random: Random) -> None:
    """One connection that says nothing, to each relay; its health is told all the same."""
    with ExitStack() as open:
        for relay in arena.relays:
            open.enter_context(_sockets(arena.stack.http_url(relay), 1))
        for relay in arena.relays:
            see(lambda relay=relay: _tells_health(arena, relay), f"{relay} to tell its health")  # type: ignore[misc]
        time.sleep(BLOW_SECONDS)


@attack
def callers_without_a_token(arena: Arena, random: Random) -> None:
    """Two thousand requests that are refused."""
    with requests.Session() as session:
        for _ in range(2000):
            url = f"{arena.stack.http_url('weighing')}/v1/agenda"
            assert session.get(url, headers={"Authorization": "Bearer none"}, timeout=30).status_code in (401, 429)


@attack
def all_answers_rejected(arena: Arena, random: Random) -> None:
    """A partner sends two hundred wrong messages, and rejects as many answers: they are dead letters of its own."""
    user = f"{STRANGERS}.{PRISONS}"
    try:
        with stranger(arena, PRISONS) as channel:
            for number in range(REJECTED):
                publish(channel, PRISONS, b"no JSON %d" % number)
            for method, _, _ in islice(channel.consume(f"partner.{user}.out"), REJECTED):
                channel.basic_reject(method.delivery_tag, requeue=False)
            see(lambda: arena.waiting()[f"partner.{user}.dead"] == REJECTED, "the dead letters")
    finally:
        with arena.administrator() as administrator:
            administrator.queue_purge(f"partner.{user}.dead")
    _all_read(arena)


def _message(arena: Arena, partner: str, type: str, data: Mapping[str, Any]) -> bytes:
    house = load_house(arena.stack.installation.houses / f"{STRANGERS}.toml")
    return letter(house, partner, type, date(2015, 3, 10), json.loads(json.dumps(data))).body


def _channels(first: BlockingChannel, most: int) -> Iterator[BlockingChannel]:
    """So many channels of one connection, or as many as the broker allows."""
    yield first
    for _ in range(most - 1):
        try:
            yield first.connection.channel()
        except AMQPError:
            return


def _announce(channel: BlockingChannel, partner: str) -> None:
    """All of a message but for its last byte."""
    user = f"{STRANGERS}.{partner}"
    wire, number = channel.connection._impl, channel.channel_number
    wire._send_frame(frame.Method(number, spec.Basic.Publish(exchange=f"partner.{user}.in")))
    wire._send_frame(frame.Header(number, MEGABYTE, BasicProperties(user_id=user)))
    largest = wire.params.frame_max - 8
    for begins in range(0, MEGABYTE - 1, largest):
        wire._send_frame(frame.Body(number, b" " * min(largest, MEGABYTE - 1 - begins)))
    channel.connection.process_data_events(time_limit=0)


@contextmanager
def _sockets(url: str, count: int) -> Iterator[list[socket.socket]]:
    """So many connections, or as many as are let in."""
    with ExitStack() as open:
        found = []
        for _ in range(count):
            with suppress(OSError):
                each = socket.create_connection((urlsplit(url).hostname or "", urlsplit(url).port or 0), timeout=5)
                found.append(open.enter_context(each))
        yield found


def _send_without_end(url: str, enough: Event) -> None:
    while not enough.is_set():
        with _sockets(url, 1) as open, suppress(OSError):
            for each in open:
                each.sendall(b"POST /v1/nothing HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n")
                while not enough.is_set():
                    each.sendall(b"1\r\na\r\n" * 10_000)


def _tells_health(arena: Arena, process: str) -> bool:
    try:
        return requests.get(f"{arena.stack.http_url(process)}/health/live", timeout=2).ok
    except requests.RequestException:
        return False


def _all_read(arena: Arena) -> None:
    """Sees to it that what the strangers sent was taken, so that it struck."""

    def is_all_taken() -> bool:
        return not any(count for name, count in arena.waiting().items() if name.startswith(f"intake.from.{STRANGERS}."))

    see(is_all_taken, "the strangers' messages to be taken")
