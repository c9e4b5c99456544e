"""Attempts at a broker, thousands of them: each on a channel of its own, because a refusal closes the channel.

pika's own connections wait for each answer before the next question, and would take minutes.
"""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from pika import spec

from tests.security.raw_connection import RawConnection

DONE, ACCESS_REFUSED, PRECONDITION_FAILED = 200, 403, 406
PREPARING = (spec.Channel.OpenOk, spec.Confirm.SelectOk)


class Attempt(NamedTuple):
    """What is tried, on which exchange or queue, and with which routing key or other end."""

    operation: str
    on: str
    key: str = ""


class Trier(RawConnection):
    """One user's connection."""

    def answers(self, attempts: Mapping[Attempt, Sequence[Any]]) -> dict[Attempt, int]:
        """What came of each, as AMQP's reply code. Of the methods of an attempt, the last one counts."""
        left = iter(attempts.items())
        codes: dict[Attempt, int] = {}
        while some := dict(islice(left, self.channels)):
            codes |= self._try(some)
        return codes

    def _try(self, attempts: Mapping[Attempt, Sequence[Any]]) -> dict[Attempt, int]:
        channels = dict(enumerate(attempts, start=1))
        self.send((number, each) for number in channels for each in (spec.Channel.Open(), *attempts[channels[number]]))
        codes: dict[int, int] = {}
        while len(codes) < len(channels):
            number, method = self.next_method()
            if not isinstance(method, PREPARING):
                codes.setdefault(number, method.reply_code if isinstance(method, spec.Channel.Close) else DONE)
        self._close(codes)
        return {attempt: codes[number] for number, attempt in channels.items()}

    def _close(self, codes: Mapping[int, int]) -> None:
        still_open = {number for number, code in codes.items() if code == DONE}
        self.send((number, spec.Channel.CloseOk()) for number in codes.keys() - still_open)
        self.send((number, spec.Channel.Close(DONE, "", 0, 0)) for number in still_open)
        while still_open:
            number, method = self.next_method()
            if isinstance(method, spec.Channel.CloseOk):
                still_open.discard(number)
