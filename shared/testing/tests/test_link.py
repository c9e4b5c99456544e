"""A link does to its connections what it is told to, and nothing of it outlives its test."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from errno import ECONNRESET

import pika
import psycopg
import pytest

from shared.testing.cluster import Cluster
from shared.testing.link import ROOT, Link
from shared.testing.setup import RunningBroker
from shared.testing.waiting import free_ports, is_free, wait_until

Ends = tuple[socket.socket, socket.socket]
LARGE = b"x" * 100_000
MOMENT = 0.3  # long enough for what would arrive to have arrived


@pytest.fixture
def target() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(5)
        yield listener


@pytest.fixture
def link(target: socket.socket) -> Iterator[Link]:
    with Link.to(*target.getsockname()) as link:
        yield link


@pytest.fixture
def connect(link: Link, target: socket.socket) -> Iterator[Callable[[], Ends]]:
    """`connect()`: the client's and the server's end of a new connection over the link."""
    with ExitStack() as opened:

        def connect() -> Ends:
            client = opened.enter_context(socket.create_connection(("127.0.0.1", link.port), 5))
            server = opened.enter_context(target.accept()[0])
            server.settimeout(5)
            return client, server

        yield connect


def hears_nothing(end: socket.socket) -> bool:
    end.settimeout(MOMENT)
    try:
        end.recv(1)
    except TimeoutError:
        return True
    return False


def is_reset(end: socket.socket) -> bool:
    """Asks the kernel, since eventlet's `recv` makes a reset look like an orderly end."""
    return wait_until(lambda: end.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == ECONNRESET, 5, 0.01)


def reset_on_connecting(port: int) -> bool:
    """The reset may come before the connection is seen to have been made."""
    try:
        with socket.create_connection(("127.0.0.1", port), 5) as client:
            return is_reset(client)
    except ConnectionResetError:
        return True


def received(end: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size and (chunk := end.recv(size - len(data))):
        data += chunk
    return data


def passes(ends: Ends) -> bool:
    client, server = ends
    client.sendall(b"question")
    server.sendall(b"answer")
    return received(server, 8) == b"question" and received(client, 6) == b"answer"


def test_a_link_passes_on_what_both_ends_say_and_counts_its_connections(
    link: Link, connect: Callable[[], Ends]
) -> None:
    connections = [connect(), connect()]
    assert all(passes(ends) for ends in connections)
    for client, server in connections[:1]:
        client.close()
        server.close()
    assert wait_until(lambda: link.open_connections == 1, 5)
    assert link.connections == 2


def test_the_end_of_one_direction_passes_on_and_the_other_one_goes_on(connect: Callable[[], Ends]) -> None:
    client, server = connect()
    client.sendall(b"last words")
    client.shutdown(socket.SHUT_WR)
    assert received(server, 100) == b"last words"
    server.sendall(b"answer")
    server.close()
    assert received(client, 100) == b"answer"


def test_a_reader_that_stops_stops_the_writer(connect: Callable[[], Ends]) -> None:
    client, server = connect()
    client.settimeout(MOMENT)
    written, block = 0, bytes(1 << 20)
    with pytest.raises(TimeoutError):
        while written < 1 << 30:
            written += client.send(block)
    assert len(received(server, written)) == written


def test_a_cut_link_is_silent_in_both_directions_and_for_new_connections(
    link: Link, connect: Callable[[], Ends]
) -> None:
    client, server = connect()
    link.cut()
    client.sendall(b"lost")
    server.sendall(b"lost")
    assert hears_nothing(client) and hears_nothing(server)
    client.close()
    assert hears_nothing(server)
    with socket.create_connection(("127.0.0.1", link.port), 5) as late:
        assert hears_nothing(late)


def test_a_connection_that_lived_through_a_cut_stays_dead_while_new_ones_work(
    link: Link, connect: Callable[[], Ends]
) -> None:
    client, server = connect()
    link.cut()
    client.sendall(b"lost")
    link.heal()
    assert passes(connect())
    assert hears_nothing(client) and hears_nothing(server)


def test_a_cut_is_noticed_by_what_nobody_acknowledges(link: Link, connect: Callable[[], Ends]) -> None:
    client, server = connect()
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 500)
    for option, value in ((socket.TCP_KEEPIDLE, 1), (socket.TCP_KEEPINTVL, 1), (socket.TCP_KEEPCNT, 1)):
        server.setsockopt(socket.IPPROTO_TCP, option, value)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    link.cut()
    client.sendall(b"lost")
    for end in (client, server):
        with pytest.raises(TimeoutError, match="Connection timed out"):
            end.recv(1)


def test_a_reset_breaks_both_ends_also_of_dead_connections_and_new_ones_work(
    link: Link, connect: Callable[[], Ends]
) -> None:
    dead = connect()
    link.cut()
    link.heal()
    live = connect()
    link.reset()
    for end in (*live, *dead):
        assert is_reset(end)
    assert passes(connect())
    link.cut()
    link.reset()
    assert passes(connect())


def test_a_slow_link_delivers_late_and_in_order_until_it_is_healed(link: Link, connect: Callable[[], Ends]) -> None:
    client, server = connect()
    link.slow(0.2, 10_000)
    said = b"".join(b"%04d" % number for number in range(1000))
    start = time.monotonic()
    client.sendall(said)
    assert received(server, len(said)) == said
    assert 0.5 < time.monotonic() - start < 5
    link.slow(0.01, 1)
    link.heal()
    start = time.monotonic()
    assert passes((client, server))
    assert time.monotonic() - start < 2


def test_a_client_is_reset_when_nobody_listens_at_the_target() -> None:
    with Link.to("127.0.0.1", *free_ports(1)) as link:
        assert reset_on_connecting(link.port)


def test_a_link_listens_where_it_is_told_to_and_says_when_it_cannot(target: socket.socket) -> None:
    (port,) = free_ports(1)
    with Link.to(*target.getsockname(), listen_on=port) as link:
        assert link.port == port
        with pytest.raises(ChildProcessError), Link.to(*target.getsockname(), listen_on=port):
            pass


def test_a_link_ends_with_its_test(target: socket.socket) -> None:
    with Link.to(*target.getsockname()) as link:
        assert not is_free(link.port)
    assert is_free(link.port)


def test_a_link_ends_when_the_process_that_made_it_is_killed() -> None:
    code = (
        "import os, signal; from shared.testing.link import Link\n"
        "with Link.to('127.0.0.1', 9) as link: print(link.port, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    printed = subprocess.run([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE).stdout
    assert wait_until(lambda: is_free(int(printed)), 5)


def test_postgresql_is_reached_over_a_link(postgres: Cluster) -> None:
    with (
        Link.to("127.0.0.1", postgres.port) as link,
        psycopg.connect(replace(postgres, port=link.port).url()) as connection,
    ):
        assert connection.execute("SELECT repeat('x', 1000000)").fetchone() == ("x" * 1_000_000,)
        link.reset()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")


def test_rabbitmq_is_reached_over_a_link(broker: RunningBroker) -> None:
    with Link.to("127.0.0.1", broker.node.ports.amqp) as link:
        parameters = pika.URLParameters(broker.administrator_url)
        parameters.port = link.port
        with closing(pika.BlockingConnection(parameters)) as connection:
            channel = connection.channel()
            queue = channel.queue_declare("", exclusive=True).method.queue
            channel.basic_publish("", queue, LARGE)
            assert wait_until(lambda: channel.basic_get(queue, auto_ack=True)[2] == LARGE, 5)
        assert link.connections == 1
