"""Attempts at a broker, thousands of them: each on a channel of its own, because a refusal closes the channel.

pika's own connections wait for each answer before the next question, and would take minutes.
"""

import socket
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

import pika
from pika import frame, spec

DONE, ACCESS_REFUSED, PRECONDITION_FAILED = 200, 403, 406
CHANNELS = 250
"""So many attempts are under way together."""
READ_BYTES = 1 << 13
GREETING = b"AMQP\x00\x00\x09\x01"
PREPARING = (spec.Channel.OpenOk, spec.Confirm.SelectOk)


class Attempt(NamedTuple):
    """What is tried, on which exchange or queue, and with which routing key or other end."""

    operation: str
    on: str
    key: str = ""


class Trier:
    """One user's connection."""

    def __init__(self, url: str) -> None:
        parameters = pika.URLParameters(url)
        self._socket = socket.create_connection((parameters.host, parameters.port))
        self._received = b""
        self._log_in(parameters)

    def __enter__(self) -> "Trier":
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def answers(self, attempts: Mapping[Attempt, Sequence[Any]]) -> dict[Attempt, int]:
        """What came of each, as AMQP's reply code. Of the methods of an attempt, the last one counts."""
        left = iter(attempts.items())
        codes: dict[Attempt, int] = {}
        while some := dict(islice(left, CHANNELS)):
            codes |= self._try(some)
        return codes

    def _try(self, attempts: Mapping[Attempt, Sequence[Any]]) -> dict[Attempt, int]:
        channels = dict(enumerate(attempts, start=1))
        self._send((number, each) for number in channels for each in (spec.Channel.Open(), *attempts[channels[number]]))
        codes: dict[int, int] = {}
        while len(codes) < len(channels):
            number, method = self._next_method()
            if not isinstance(method, PREPARING):
                codes.setdefault(number, method.reply_code if isinstance(method, spec.Channel.Close) else DONE)
        self._close(codes)
        return {attempt: codes[number] for number, attempt in channels.items()}

    def _close(self, codes: Mapping[int, int]) -> None:
        still_open = {number for number, code in codes.items() if code == DONE}
        self._send((number, spec.Channel.CloseOk()) for number in codes.keys() - still_open)
        self._send((number, spec.Channel.Close(DONE, "", 0, 0)) for number in still_open)
        while still_open:
            number, method = self._next_method()
            if isinstance(method, spec.Channel.CloseOk):
                still_open.discard(number)

    def _log_in(self, parameters: pika.URLParameters) -> None:
        self._socket.sendall(GREETING)
        _, start = self._next_method()
        mechanism, response = parameters.credentials.response_for(start)
        self._send([(0, spec.Connection.StartOk({}, mechanism, response, "en_US"))])
        _, tune = self._next_method()
        self._send([(0, spec.Connection.TuneOk(tune.channel_max, tune.frame_max, 0))])
        self._send([(0, spec.Connection.Open(parameters.virtual_host))])
        self._next_method()

    def _send(self, methods: Iterable[tuple[int, Any]]) -> None:
        self._socket.sendall(b"".join(_frames(*each) for each in methods))

    def _next_method(self) -> tuple[int, Any]:
        """The next of the broker's methods and its channel; what messages hold is passed over."""
        while True:
            length, received = frame.decode_frame(self._received)
            self._received = self._received[length:]
            if isinstance(received, frame.Method):
                assert not isinstance(received.method, spec.Connection.Close), received.method.reply_text
                return received.channel_number, received.method
            if received is None:
                more = self._socket.recv(READ_BYTES)
                assert more, "the broker cut the connection"
                self._received += more


def _frames(channel: int, method: Any) -> bytes:
    """A method, or one that carries a message: (method, properties of the message)."""
    if not isinstance(method, tuple):
        return bytes(frame.Method(channel, method).marshal())
    publish, properties = method
    header = frame.Header(channel, 0, spec.BasicProperties(**properties))
    return bytes(frame.Method(channel, publish).marshal() + header.marshal())
