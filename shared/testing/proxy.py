"""The process of a `Link`: forwards TCP connections to one target, and cuts, resets or slows them on command.

`python -m shared.testing.proxy <host> <port> [--port <port to listen on>]`. The first line on stdout has the port. Each
line on stdin is a command in JSON, such as `{"do": "cut"}`; a line on stdout answers it when it is done. The process
ends with its stdin, so it cannot outlive its parent. Linux only.
"""

import argparse
import asyncio
import ctypes
import json
import math
import socket
import struct
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

CHUNK_BYTES = 65536
TICK_SECONDS = 0.05  # the bytes of this time are sent at once
SO_ATTACH_FILTER = 26  # Linux; missing in Python's socket module
DROP_EVERYTHING = struct.pack("HBBI", 0x06, 0, 0, 0)  # the packet filter "return 0"


@dataclass
class Pace:
    """The delay of each chunk, and the rate of each direction of each connection."""

    delay_seconds: float = 0.0
    bytes_per_second: float = math.inf

    async def carry(self, source: socket.socket, sink: socket.socket) -> None:
        """Forward all bytes and the end of the stream. Reads no more than the sink accepts."""
        while chunk := await self._pass_on(source, sink):
            if self.delay_seconds:
                await asyncio.sleep(self.delay_seconds)
            await self._send(sink, memoryview(chunk))
        sink.shutdown(socket.SHUT_WR)

    async def _pass_on(self, source: socket.socket, sink: socket.socket) -> bytes:
        """Forward at once what arrives, until something can't go at once; returns that, or nothing at the end."""
        loop = asyncio.get_running_loop()
        held: asyncio.Future[bytes] = loop.create_future()
        loop.add_reader(source, self._forward, source, sink, held)  # asyncio's own coroutines cost three times as much
        try:
            return await held
        finally:
            loop.remove_reader(source)

    def _forward(self, source: socket.socket, sink: socket.socket, held: "asyncio.Future[bytes]") -> None:
        if held.done():
            return
        try:
            chunk = source.recv(CHUNK_BYTES)
            sent = self._send_at_once(sink, chunk)
        except BlockingIOError:
            return
        except OSError as error:
            held.set_exception(error)
            return
        if sent < len(chunk) or not chunk:
            held.set_result(chunk[sent:])

    def _send_at_once(self, sink: socket.socket, chunk: bytes) -> int:
        """How many bytes went."""
        if self.delay_seconds or self.bytes_per_second < math.inf:
            return 0
        try:
            return sink.send(chunk)
        except BlockingIOError:
            return 0

    async def _send(self, sink: socket.socket, data: memoryview) -> None:
        loop = asyncio.get_running_loop()
        while data:
            size = int(min(len(data), max(1, self.bytes_per_second * TICK_SECONDS)))
            await loop.sock_sendall(sink, data[:size])
            data = data[size:]
            if self.bytes_per_second < math.inf:
                await asyncio.sleep(size / self.bytes_per_second)


@dataclass(frozen=True, eq=False)
class Pair:
    """The two ends of a forwarded connection."""

    client: socket.socket
    server: socket.socket

    @classmethod
    def of(cls, client: socket.socket) -> "Pair":
        pair = cls(client, socket.socket())
        for end in pair.ends:
            end.setblocking(False)
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return pair

    @property
    def ends(self) -> tuple[socket.socket, socket.socket]:
        return self.client, self.server

    async def forward(self, target: tuple[str, int], pace: Pace) -> None:
        """Connect to the target, and forward both directions until both have ended."""
        await asyncio.get_running_loop().sock_connect(self.server, target)
        async with asyncio.TaskGroup() as directions:
            directions.create_task(pace.carry(self.client, self.server))
            directions.create_task(pace.carry(self.server, self.client))
        for end in self.ends:
            end.close()

    def deafen(self) -> None:
        """Drop all arriving packets, so that the kernel acknowledges nothing, not even keepalives."""
        code = ctypes.create_string_buffer(DROP_EVERYTHING)
        for end in self.ends:
            end.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, struct.pack("HL", 1, ctypes.addressof(code)))

    def reset(self) -> None:
        for end in self.ends:
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            end.close()


@dataclass
class Proxy:
    """Forwards connections to the listener. dead: pairs that were cut; their sockets stay open, without a FIN."""

    listener: socket.socket
    target: tuple[str, int]
    pace: Pace = field(default_factory=Pace)
    accepted: int = 0
    open: dict[Pair, asyncio.Task[None]] = field(default_factory=dict)
    dead: list[Pair] = field(default_factory=list)

    async def execute(self, command: Mapping[str, Any]) -> None:
        match command:
            case {"do": "cut"}:
                await self._cut()
            case {"do": "reset"}:
                await self._reset()
            case {"do": "slow", "delay_seconds": delay, "bytes_per_second": rate}:
                self.pace.delay_seconds, self.pace.bytes_per_second = delay, rate
            case {"do": "heal"}:
                self.pace.delay_seconds, self.pace.bytes_per_second = 0.0, math.inf
                self.listen()
            case {"do": "count"}:
                pass
            case _:
                raise ValueError(f"Unknown command: {command}")

    def state(self) -> dict[str, int]:
        return {"port": self.listener.getsockname()[1], "accepted": self.accepted, "open": len(self.open)}

    def listen(self) -> None:
        asyncio.get_running_loop().add_reader(self.listener, self._accept)

    def _accept(self) -> None:
        try:
            client, _ = self.listener.accept()
        except (BlockingIOError, ConnectionAbortedError):  # the client is gone again
            return
        self.accepted += 1
        pair = Pair.of(client)
        self.open[pair] = asyncio.create_task(self._forward(pair))

    async def _forward(self, pair: Pair) -> None:
        """Forward until both directions have ended. When cancelled, both ends stay open."""
        try:
            await pair.forward(self.target, self.pace)
        except* OSError:  # one end is broken, or could not be reached: reset the other
            pair.reset()
        del self.open[pair]

    async def _cut(self) -> None:
        await self._pause()
        for pair in self.open:
            pair.deafen()
        self.dead += self.open
        self.open.clear()

    async def _reset(self) -> None:
        await self._pause()
        for pair in (*self.open, *self.dead):
            pair.reset()
        self.open.clear()
        self.dead.clear()
        self.listen()

    async def _pause(self) -> None:
        """Stop accepting and forwarding: the kernel still accepts clients, and they wait."""
        asyncio.get_running_loop().remove_reader(self.listener)
        forwarding = list(self.open.values())
        for task in forwarding:
            task.cancel()
        await asyncio.gather(*forwarding, return_exceptions=True)


async def run(host: str, port: int, listen_on: int) -> None:
    """Run the proxy until stdin ends."""
    commands = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    with socket.create_server(("127.0.0.1", listen_on)) as listener:
        listener.setblocking(False)
        proxy = Proxy(listener, (host, port))
        proxy.listen()
        _answer(proxy)
        while line := await commands.readline():
            await proxy.execute(json.loads(line))
            _answer(proxy)


def _answer(proxy: Proxy) -> None:
    sys.stdout.write(json.dumps(proxy.state()) + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("--port", type=int, default=0, dest="listen_on")
    asyncio.run(run(**vars(parser.parse_args())))


if __name__ == "__main__":
    main()
