"""One caller sends many requests that take long; others are served meanwhile."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace

import pytest

from shared.testing.callers import token_caller
from shared.web.call import Caller
from shared.web.tests.conftest import Running
from shared.web.turns import MOST_AT_ONCE, Turns

LONG = {"director": "/v1/waits/1", "a stranger": "/v1/slow/1"}


@contextmanager
def requests_under_way(running: Running, caller: str, count: int) -> Iterator[list[socket.socket]]:
    """Requests at the same moment that take a second each, each on a connection of its own."""
    request = f"GET {LONG[caller]} HTTP/1.1\r\nAuthorization: Bearer {caller}\r\nConnection: close\r\n\r\n"
    with ExitStack() as opened:
        clients = [
            opened.enter_context(socket.create_connection(("127.0.0.1", running.port), timeout=30))
            for _ in range(count)
        ]
        for client in clients:
            client.sendall(request.encode())
        time.sleep(0.2)
        yield clients


@pytest.mark.parametrize("caller", LONG)
def test_others_are_served_while_a_caller_waits_for_itself(example: Running, caller: str) -> None:
    with requests_under_way(example, caller, 24):
        began = time.monotonic()
        assert example.ask("GET", "/v1/plans?fromYear=2", token="reader").status == 200
        assert example.ask("GET", "/health/live").status == 200
        assert example.ask("GET", "/metrics").status == 200
        assert time.monotonic() - began < 0.6


def test_all_requests_of_a_caller_are_answered_in_turn(example: Running) -> None:
    with requests_under_way(example, "director", 9) as clients:
        began = time.monotonic()
        assert {client.recv(12) for client in clients} == {b"HTTP/1.1 200"}
        assert time.monotonic() - began > 2


def test_a_caller_with_too_many_requests_under_way_is_told_so(example: Running) -> None:
    with requests_under_way(example, "director", 64):
        refused = example.ask("GET", "/v1/waits/0", token="director")
        assert refused.status == 429
        assert "64 requests under way" in refused.json["detail"]
        assert refused.headers["Retry-After"] == "1"
        assert example.ask("GET", "/v1/plans?fromYear=2", token="reader").status == 200


def test_health_takes_no_turn_and_is_never_too_much(example: Running) -> None:
    """A stranger has all turns of callers without a token; the director of before has some workers too."""
    with requests_under_way(example, "a stranger", 64):
        assert example.ask("GET", "/openapi.json").status == 429
        began = time.monotonic()
        for path in ("/health/live", "/health/ready", "/metrics") * 3:
            assert example.ask("GET", path).status == 200
        assert time.monotonic() - began < 0.6


def test_a_caller_of_several_houses_has_the_turns_of_one() -> None:
    """Programs of the token file with the same name are of different houses, and so are two callers."""
    person = Caller(id="p-1", name="A. Jansen", house="north", roles=frozenset(), organisation="police", origin="desk")
    turns = Turns()
    with ExitStack() as taken:
        for caller in (person, replace(person, house="south"), token_caller("desk", "north")):
            taken.enter_context(turns.turn(caller))
        taken.enter_context(turns.turn(token_caller("desk", "south")))
        assert sorted(MOST_AT_ONCE - turn.balance for turn in turns.of_caller.values()) == [1, 1, 2]
    assert not turns.of_caller
