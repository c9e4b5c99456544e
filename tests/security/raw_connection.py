"""An AMQP connection that says whatever it is told to, also what no client library would."""

import socket
from collections.abc import Iterable
from typing import Any, Self

import pika
from pika import frame, spec

READ_BYTES = 1 << 13
GREETING = b"AMQP\x00\x00\x09\x01"


class BrokerClosed(Exception):
    """The broker closed the connection; the message is its text, if it gave one."""


class RawConnection:
    """One user's connection. channels: the number that it asks for, by default as many as the broker offers."""

    def __init__(self, url: str, channels: int | None = None, heartbeat: int = 0) -> None:
        parameters = pika.URLParameters(url)
        self._socket = socket.create_connection((parameters.host, parameters.port), timeout=20)
        self._received = b""
        self.channels = self.frame_bytes = 0
        self._log_in(parameters, channels, heartbeat)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Cuts the connection without a word."""
        self._socket.close()

    def send(self, methods: Iterable[tuple[int, Any]]) -> None:
        self.send_bytes(b"".join(_frames(*each) for each in methods))

    def send_bytes(self, content: bytes) -> None:
        """Raises BrokerClosed."""
        try:
            self._socket.sendall(content)
        except OSError as error:
            raise BrokerClosed from error

    def next_method(self) -> tuple[int, Any]:
        """The next of the broker's methods and its channel; what messages hold is passed over. Raises BrokerClosed."""
        while True:
            length, received = frame.decode_frame(self._received)
            self._received = self._received[length:]
            if isinstance(received, frame.Method):
                if isinstance(received.method, spec.Connection.Close):
                    raise BrokerClosed(received.method.reply_text)
                return received.channel_number, received.method
            if received is None:
                self._received += self._more()

    def _more(self) -> bytes:
        try:
            more = self._socket.recv(READ_BYTES)
        except ConnectionError as error:
            raise BrokerClosed from error
        if not more:
            raise BrokerClosed
        return more

    def _log_in(self, parameters: pika.URLParameters, channels: int | None, heartbeat: int) -> None:
        self._socket.sendall(GREETING)
        _, start = self.next_method()
        mechanism, response = parameters.credentials.response_for(start)
        self.send([(0, spec.Connection.StartOk({}, mechanism, response, "en_US"))])
        _, tune = self.next_method()
        self.channels, self.frame_bytes = channels or tune.channel_max, tune.frame_max
        self.send([(0, spec.Connection.TuneOk(self.channels, tune.frame_max, heartbeat))])
        self.send([(0, spec.Connection.Open(parameters.virtual_host))])
        self.next_method()


def _frames(channel: int, method: Any) -> bytes:
    """A method, or one that carries a message: (method, properties of the message)."""
    if not isinstance(method, tuple):
        return bytes(frame.Method(channel, method).marshal())
    publish, properties = method
    header = frame.Header(channel, 0, spec.BasicProperties(**properties))
    return bytes(frame.Method(channel, publish).marshal() + header.marshal())
