"""Taking a batch: one transaction in which each message takes effect, is postponed, or is parked."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

from psycopg import Connection, Error, InterfaceError, OperationalError

from shared.messaging.event import Delivery
from shared.messaging.outcomes import Ignorable, Outcome, Problem, Rejected, Retryable, outcome_of
from shared.messaging.reader import Reader, Reading
from shared.messaging.sealing import Sealer
from shared.messaging.storage import MessageKey, MessageStore
from shared.observability.logs import get_logger

log = get_logger()

FIRST_DELAY, LONGEST_DELAY = 1.0, 300.0
MOST_ATTEMPTS = 20
BRAKE_AT = 10
"""As many unexpected errors in one batch, and hardly a message that goes well: the service is ill, not the messages."""


class Braked(Exception):
    """Nearly everything fails unexpectedly: nothing was taken, nothing parked; the consumer pauses."""


class _Isolate(Exception):
    """A message failed after its batch had begun; undo the batch and take its messages one by one."""


Tally = Counter[tuple[str, str]]
"""How many messages of a batch came to which outcome, by queue and outcome."""


class Taker:
    """Takes batches of one reader's queues in a service's database.

    build: gives the unit of work of one message on a connection. outcomes: the service's table of domain errors.
    """

    def __init__(
        self,
        reader: Reader,
        sealer: Sealer,
        build: Callable[[Connection[Any], UUID], Any],
        outcomes: Mapping[type[Exception], type[Rejected]],
    ) -> None:
        self._reader = reader
        self._sealer = sealer
        self._build = build
        self._outcomes = outcomes

    def take(self, connection: Connection[Any], deliveries: Sequence[Delivery]) -> Tally:
        """Take a batch. When it returns, all of it is committed; when it raises, nothing is.

        First all together in a pipeline; if any message fails, the whole again with each message by itself.
        """
        readings = [self._reader.read(delivery) for delivery in deliveries]
        try:
            with connection.transaction(), connection.pipeline():
                return _Taking(self, connection, isolate=False).take(readings)
        except (_Isolate, Error):
            with connection.transaction():
                return _Taking(self, connection, isolate=True).take(readings)

    def take_postponed(self, connection: Connection[Any], queues: Sequence[str], limit: int = 100) -> Tally:
        """Try again what is due, the first message of each case."""
        with connection.transaction():
            return _Taking(self, connection, isolate=True).take_postponed(queues, limit)


class _Taking:
    """One transaction of a taker."""

    def __init__(self, taker: Taker, connection: Connection[Any], *, isolate: bool) -> None:
        self._reader = taker._reader
        self._outcomes = taker._outcomes
        self._build = taker._build
        self._connection = connection
        self._isolate = isolate
        self._messages = MessageStore(connection, taker._sealer)
        self._tally: Tally = Counter()

    def take(self, readings: Sequence[Reading]) -> Tally:
        new, repeated = self._remember(readings)
        waiting_cases = self._messages.cases_with_postponed({reading.ordering_key for reading in new})
        for reading in new:
            if reading.ordering_key in waiting_cases:
                self._postpone(reading, "waits behind an earlier message of its case", attempts=0)
            elif self._take_one(reading) == "postponed":
                waiting_cases.add(reading.ordering_key)
        self._answer_repeated(repeated)
        self._brake(len(readings))
        self._messages.ring_relay()
        return self._tally

    def take_postponed(self, queues: Sequence[str], limit: int) -> Tally:
        for row in self._messages.due_postponed(queues, limit):
            delivery = Delivery(queue=row["queue"], body=row["body"], user_id=row["user_id"])
            reading = self._reader.read(delivery)
            self._settle_postponed(row, reading, self._attempt(reading))
        self._messages.ring_relay()
        return self._tally

    def _settle_postponed(self, row: Mapping[str, Any], reading: Reading, failure: Exception | None) -> None:
        if isinstance(failure, Retryable) and row["attempts"] + 1 < MOST_ATTEMPTS:
            delay = min(FIRST_DELAY * 2 ** row["attempts"], LONGEST_DELAY)
            self._messages.postpone_again(row["position"], reason=str(failure), delay=delay)
            return self._count(reading, "postponed")
        self._messages.delete_postponed(row["position"])
        if isinstance(failure, Retryable):
            problem = Problem("", f"gave up after {MOST_ATTEMPTS} attempts: {failure}")
            return self._park(reading, "exhausted", (problem,))
        return self._settle(reading, failure)

    def _remember(self, readings: Sequence[Reading]) -> tuple[list[Reading], list[Reading]]:
        """Enter all into the inbox; split them into those that are new and those seen before."""
        first: dict[MessageKey, Reading] = {}
        for reading in readings:
            first.setdefault(reading.key, reading)
        entered = self._messages.remember({key: reading.payload_hash for key, reading in first.items()})
        new = [reading for key, reading in first.items() if key in entered]
        taken = {id(reading) for reading in new}
        return new, [reading for reading in readings if id(reading) not in taken]

    def _answer_repeated(self, repeated: Sequence[Reading]) -> None:
        if not repeated:
            return
        known = self._messages.remembered({reading.key for reading in repeated})
        for reading in repeated:
            before = known[reading.key]
            if before.payload_hash != reading.payload_hash:
                self._reject_reuse(reading)
                continue
            self._count(reading, "repeated")
            unit = self._build(self._connection, reading.correlation_id)
            if before.problems:
                self._reader.on_rejected(reading, before.problems, unit)
            elif reading.event:
                self._reader.on_repeated(reading.event, unit)

    def _reject_reuse(self, reading: Reading) -> None:
        """An id with other content than before is remembered under a key of its own, so that it is parked once."""
        own_key = MessageKey(reading.key.sender, uuid5(reading.key.message_id, reading.payload_hash.hex()))
        problems = (Problem("id", "was used before for a message with other content"),)
        if self._messages.remember({own_key: reading.payload_hash}):
            self._reject(replace(reading, key=own_key), problems)
        else:
            self._count(reading, "repeated")
            self._reader.on_rejected(reading, problems, self._build(self._connection, reading.correlation_id))

    def _take_one(self, reading: Reading) -> str | None:
        """Returns `postponed` if that is what became of it."""
        failure = self._attempt(reading)
        if isinstance(failure, Retryable):
            self._postpone(reading, str(failure), attempts=1)
            return "postponed"
        self._settle(reading, failure)
        return None

    def _attempt(self, reading: Reading) -> Exception | None:
        """Run the handler; the error that it ended with, if any. Errors of the database itself end the batch."""
        if reading.event is None or reading.handler is None:
            return Rejected(*reading.problems)
        try:
            if self._isolate:
                with self._connection.transaction():
                    reading.handler(reading.event, self._build(self._connection, reading.correlation_id))
            else:
                reading.handler(reading.event, self._build(self._connection, reading.correlation_id))
        except Exception as error:
            if not self._isolate:
                raise _Isolate from None
            if isinstance(error, OperationalError | InterfaceError):
                raise
            return error if isinstance(error, Outcome) else outcome_of(error, self._outcomes) or error
        return None

    def _settle(self, reading: Reading, failure: Exception | None) -> None:
        match failure:
            case None:
                self._count(reading, "done")
            case Ignorable():
                self._count(reading, "ignored")
            case Rejected():
                self._reject(reading, failure.problems)
            case _:
                log.error("a message failed unexpectedly", queue=reading.delivery.queue, error=failure)
                self._park(reading, "unexpected", (Problem("", f"failed unexpectedly ({type(failure).__name__})"),))

    def _reject(self, reading: Reading, problems: tuple[Problem, ...]) -> None:
        self._park(reading, "rejected", problems)
        self._reader.on_rejected(reading, problems, self._build(self._connection, reading.correlation_id))

    def _park(self, reading: Reading, kind: str, problems: Sequence[Problem]) -> None:
        self._messages.park(_message(reading), kind=kind, problems=problems)
        self._count(reading, kind)

    def _postpone(self, reading: Reading, reason: str, *, attempts: int) -> None:
        delay = FIRST_DELAY if attempts else 0.0
        self._messages.postpone(
            _message(reading), ordering_key=reading.ordering_key, attempts=attempts, reason=reason, delay=delay
        )
        self._count(reading, "postponed")

    def _count(self, reading: Reading, outcome: str) -> None:
        self._tally[reading.delivery.queue, outcome] += 1

    def _brake(self, messages: int) -> None:
        unexpected = sum(count for (_, outcome), count in self._tally.items() if outcome == "unexpected")
        if unexpected >= BRAKE_AT and unexpected >= 0.9 * messages:
            raise Braked(f"{unexpected} of {messages} messages failed unexpectedly")


def _message(reading: Reading) -> dict[str, Any]:
    delivery = reading.delivery
    return {
        "queue": delivery.queue,
        "sender": reading.key.sender,
        "message_id": reading.key.message_id,
        "body": delivery.body,
        "user_id": delivery.user_id,
    }
