"""Takes a batch of messages in one transaction: each message takes effect, is postponed, or is parked."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from psycopg import Connection, Error
from psycopg.pq import TransactionStatus

from shared import crash_points
from shared.crash_points import CrashPoint
from shared.messaging.batch_transaction import is_database_failure, pipeline, transaction
from shared.messaging.brake import Brake, Braked
from shared.messaging.event import Delivery, Event
from shared.messaging.keeping import Keeping, not_kept
from shared.messaging.outcomes import Ignorable, Outcome, Problem, Rejected, Retryable, outcome_of
from shared.messaging.parked import house_of
from shared.messaging.reader import Preparation, Reader, Reading
from shared.messaging.sealing import INBOX, Sealer
from shared.messaging.stint import Stint
from shared.messaging.storage import MessageKey, MessageStore, PostponedRow, ReceivedMessage, Remembered
from shared.observability.logs import get_logger

log = get_logger()

FIRST_DELAY, LONGEST_DELAY = 1.0, 300.0
MOST_ATTEMPTS = 20
USED_BEFORE = Problem("id", "was used before for a message with other content", "id_used_before")
MEASURED_BYTES = 4096
"""The messages that are loaded between two looks at the time: one look costs as much as reading a short text."""


class _IsolationNeeded(Exception):
    """A message of a shared transaction failed after a write: take the batch again, each message in a savepoint."""


Tally = Counter[tuple[str, str]]
"""The number of messages of a batch by queue and outcome: `{("weighing", "done"): 3}`."""
SEALED = ""
"""In place of the queue of messages on sealed matters, which are in no figure."""


class Taker:
    """Takes batches in a service's database.

    build: makes a unit of work, given a connection and a correlation id. is_sealed: whether a body is about a sealed
    matter; without it none is.
    """

    def __init__(
        self,
        reader: Reader,
        sealer: Sealer,
        build: Callable[[Connection[Any], UUID], Any],
        is_sealed: Callable[[bytes], bool] = lambda _: False,
    ) -> None:
        self._reader = reader
        self._sealer = sealer
        self._build = build
        self._is_sealed = is_sealed

    def take(
        self, connection: Connection[Any], deliveries: Sequence[Delivery], brake: Brake, stint: Stint | None = None
    ) -> Tally:
        """Take a batch and commit. Raises Braked, or any database error; then nothing is committed.

        All messages first share one pipeline. If a message fails, the batch is taken again, with savepoints.
        stint: says afterwards how many of the messages were taken, from the first on: dear ones take several batches.
        """
        stint = stint or Stint()
        readings = [self._reader.read(delivery) for delivery in deliveries]
        try:
            with pipeline(connection):
                return _BatchTransaction(self, connection, stint, isolate=False).take(readings, brake)
        except Braked:
            raise
        except Exception:
            with transaction(connection):
                return _BatchTransaction(self, connection, stint, isolate=True).take(readings, brake)

    def take_postponed(
        self, connection: Connection[Any], queues: Sequence[str], former: Sequence[str] = (), limit: int = 100
    ) -> Tally:
        """Take the due postponed messages, the first one of each case.

        former: names of queues that no longer exist; their postponed and parked messages move to the first queue.
        """
        with connection.transaction():
            tally = _BatchTransaction(self, connection, Stint(), isolate=True).take_postponed(queues, former, limit)
            if tally:
                crash_points.passing(CrashPoint.BEFORE_BATCH_COMMIT)
        if tally:
            crash_points.passing(CrashPoint.AFTER_BATCH_COMMIT)
        return tally


class _BatchTransaction:
    """One transaction of a taker. isolate: a savepoint and a unit of work per message, instead of shared ones."""

    def __init__(self, taker: Taker, connection: Connection[Any], stint: Stint, *, isolate: bool) -> None:
        self._reader = taker._reader
        self._build = taker._build
        self._is_sealed = taker._is_sealed
        self._connection = connection
        self._isolate = isolate
        self._stint = stint
        self._sealer = taker._sealer
        self._messages = MessageStore(connection, taker._sealer)
        self._keeping = Keeping(self._messages, self._reader.quota)
        self._tally: Tally = Counter()
        self._shared_unit: Any = None

    def take(self, readings: Sequence[Reading], brake: Brake) -> Tally:
        self._stint.begin()
        new, waiting_cases = self._remember(readings)
        loaded = self._load([reading for reading in new if reading.ordering_key not in waiting_cases])
        self._prepare(loaded)
        taken = self._stint.taken = self._take_in_time(readings, new, loaded, waiting_cases)
        if left := [reading.key for reading in readings[taken:] if reading in new]:
            self._messages.forget(left)
        if self._shared_unit:
            self._shared_unit.flush()
        unexpected = sum(count for (_, outcome), count in self._tally.items() if outcome == "unexpected")
        brake.check(unexpected, taken)
        return self._tally

    def _take_in_time(
        self,
        readings: Sequence[Reading],
        new: Collection[Reading],
        loaded: Collection[Reading],
        waiting_cases: set[UUID],
    ) -> int:
        """Take messages in their order until the time is over. Returns their number."""
        keys = {reading.key for reading in readings if reading not in new} - {reading.key for reading in new}
        known = self._messages.remembered(keys) if keys else {}
        for taken, reading in enumerate(readings):
            waits = reading.ordering_key in waiting_cases
            if (taken and self._stint.is_over()) or (reading in new and reading not in loaded and not waits):
                return taken
            if reading not in new:
                self._answer_repeated(reading, known)
            elif waits:
                self._postpone(reading, "waits behind an earlier message of its case", attempts=0)
            elif self._take_one(reading) == "postponed":
                waiting_cases.add(reading.ordering_key)
            self._stint.worked_for(reading.delivery.queue, sealed=self._is_of_sealed(reading))
        return len(readings)

    def _load(self, readings: Sequence[Reading]) -> dict[Reading, None]:
        """Load the data of messages, of the first one in any case, until half of the time is over."""
        loaded, unmeasured = dict[Reading, None](), 0
        for reading in readings:
            if loaded and self._stint.is_half_over():
                break
            loaded[reading] = reading.loaded and None
            unmeasured += len(reading.delivery.body)
            if unmeasured > MEASURED_BYTES:
                self._stint.worked_for(reading.delivery.queue)
                unmeasured = 0
        return loaded

    def take_postponed(self, queues: Sequence[str], former: Sequence[str], limit: int) -> Tally:
        if former:
            self._messages.adopt(former, by=queues[0])
        for row in self._messages.due_postponed(queues, limit, longest_delay=LONGEST_DELAY):
            reading = self._reader.read(Delivery(queue=row.queue, body=row.body, user_id=row.user_id))
            self._settle_postponed(row, reading, self._attempt(reading))
            self._stint.worked_for(row.queue, sealed=self._is_of_sealed(reading))
            if self._stint.is_over():
                break
        return self._tally

    def _settle_postponed(self, row: PostponedRow, reading: Reading, failure: Exception | None) -> None:
        if isinstance(failure, Retryable) and row.attempts + 1 < MOST_ATTEMPTS:
            delay = min(FIRST_DELAY * 2**row.attempts, LONGEST_DELAY)
            self._messages.postpone_again(row.position, reason=str(failure), delay=delay)
            return self._count(reading, "postponed")
        self._messages.delete_postponed(row.position)
        if isinstance(failure, Retryable):
            problem = Problem("", f"gave up after {MOST_ATTEMPTS} attempts: {failure}", "gave_up")
            return self._park(reading, "exhausted", (problem,))
        return self._settle(reading, failure)

    def _remember(self, readings: Sequence[Reading]) -> tuple[dict[Reading, None], set[UUID]]:
        """Enter messages into the inbox. Returns the new ones, in their order, and cases with postponed messages."""
        first: dict[MessageKey, Reading] = {}
        for reading in readings:
            first.setdefault(reading.key, reading)
        entered, waiting_cases = self._messages.enter(
            {key: self._reader.hash(reading.content, self._sealer) for key, reading in first.items()},
            {reading.ordering_key for reading in first.values()},
        )
        return {reading: None for key, reading in first.items() if key in entered}, waiting_cases

    def _prepare(self, readings: Collection[Reading]) -> None:
        """Run the `prepare` of each route, which reads the data of all its events with few queries."""
        events: dict[Preparation[Any], list[Event[Any]]] = defaultdict(list)
        for reading in readings if not self._isolate else ():
            if reading.event and reading.route and reading.route.prepare:
                events[reading.route.prepare].append(reading.event)
        for prepare, events_of_route in events.items():
            if self._run(partial(prepare, events_of_route), next(iter(readings))):
                raise _IsolationNeeded

    def _answer_repeated(self, reading: Reading, known: Mapping[MessageKey, Remembered]) -> None:
        """known: of the messages of earlier batches; one that came twice in this batch is looked up by itself."""
        remembered = known.get(reading.key) or self._messages.remembered([reading.key])[reading.key]
        if not self._is_same(reading, remembered.payload_hash):
            return self._reject_reuse(reading)
        self._count(reading, "repeated")
        if remembered.problems:
            self._answer_rejected(reading, remembered.problems)
        elif not remembered.set_aside and reading.route and reading.route.repeat and reading.event:
            self._answer(partial(reading.route.repeat, reading.event), reading)
        return None

    def _is_same(self, reading: Reading, payload_hash: bytes) -> bool:
        """Whether a hash is of what a message says, or of its bytes, which were kept of corrected messages."""
        return any(self._sealer.is_of(payload_hash, said, INBOX) for said in (reading.content, reading.delivery.body))

    def _reject_reuse(self, reading: Reading) -> None:
        """Reject a message whose id was used with other content; a derived key ensures that it is parked only once."""
        payload_hash = self._reader.hash(reading.content, self._sealer)
        derived_key = MessageKey(reading.key.sender, uuid5(reading.key.message_id, payload_hash.hex()))
        problems = (USED_BEFORE,)
        if self._messages.remember(derived_key, payload_hash):
            self._reject(replace(reading, key=derived_key), problems)
        else:
            self._count(reading, "repeated")
            self._answer_rejected(reading, problems)

    def _take_one(self, reading: Reading) -> str | None:
        """Take one message. Returns `postponed` if it was postponed, else None."""
        failure = self._attempt(reading)
        if isinstance(failure, Retryable):
            self._postpone(reading, str(failure), attempts=1)
            return "postponed"
        self._settle(reading, failure)
        return None

    def _attempt(self, reading: Reading) -> Exception | None:
        """Run the handler. Returns its error, if any; raises database failures."""
        if reading.event is None or reading.route is None:
            return Rejected(*reading.problems)
        failure = self._run(partial(reading.route.handle, reading.event), reading)
        if failure is None or isinstance(failure, Outcome):
            return failure
        return outcome_of(failure) or failure

    def _answer_rejected(self, reading: Reading, problems: tuple[Problem, ...]) -> bool:
        """Answer a sender whom the reader answers. Returns whether the sender was told."""
        answered = self._answer(partial(self._reader.on_rejected, reading, problems), reading)
        return answered and reading.key.sender == reading.delivery.user_id

    def _answer(self, answer: Callable[[Any], None], reading: Reading) -> bool:
        """Answer a sender. A failing answer is a bug, and is only logged: the queue must go on."""
        if failure := self._run(answer, reading):
            log.error("a sender could not be answered", error=failure, **self._log_fields(reading))
        return failure is None

    def _run(self, step: Callable[[Any], None], reading: Reading) -> Exception | None:
        """Run a step on a unit of work. Returns its error, if any; raises database failures and _IsolationNeeded."""
        return self._run_isolated(step, reading) if self._isolate else self._run_shared(step, reading)

    def _run_shared(self, step: Callable[[Any], None], reading: Reading) -> Exception | None:
        """Run a step on the unit of the batch. An error before the first write needs no rollback."""
        self._shared_unit = self._shared_unit or self._build(self._connection, reading.correlation_id)
        writes_before, announced_before = self._shared_unit.writes, self._shared_unit.announced
        try:
            step(self._shared_unit.about(reading.correlation_id, sealed=self._is_of_sealed(reading)))
        except Exception as error:
            if isinstance(error, Error) or self._shared_unit.writes != writes_before:
                raise _IsolationNeeded from None
            return error
        self._stint.announced_for(reading.delivery.queue, self._shared_unit.announced - announced_before)
        return None

    def _run_isolated(self, step: Callable[[Any], None], reading: Reading) -> Exception | None:
        """Run a step on a unit of its own, in a savepoint."""
        try:
            with self._connection.transaction():
                unit = self._build(self._connection, reading.correlation_id)
                step(unit.about(reading.correlation_id, sealed=self._is_of_sealed(reading)))
                unit.flush()
                if self._connection.info.transaction_status == TransactionStatus.INERROR:
                    raise RuntimeError("an error of the database was swallowed")
            self._stint.announced_for(reading.delivery.queue, unit.announced)
        except Exception as error:
            if is_database_failure(error):
                raise
            return error
        return None

    def _settle(self, reading: Reading, failure: Exception | None) -> None:
        match failure:
            case None:
                self._count(reading, "done")
            case Ignorable():
                self._count(reading, "ignored")
            case Rejected() if self._judge_refused(reading, failure.problems):
                self._count(reading, "refused")
            case Rejected():
                self._reject(reading, failure.problems)
            case _:
                log.error("a message failed unexpectedly", error=failure, **self._log_fields(reading))
                problem = Problem("", f"failed unexpectedly ({type(failure).__name__})", "unexpected")
                self._park(reading, "unexpected", (problem,))

    def _judge_refused(self, reading: Reading, problems: tuple[Problem, ...]) -> bool:
        """Answer a refused message by the route's `judge`, if any. Returns whether the sender has an answer.

        The sender then corrects and resends the message, so it is not parked.
        """
        if reading.event is None or reading.route is None or reading.route.judge is None:
            return False
        failure = self._run(partial(reading.route.judge, reading.event, problems), reading)
        if failure:
            log.error("a sender could not be told the judgement", error=failure, **self._log_fields(reading))
        return failure is None

    def _reject(self, reading: Reading, problems: tuple[Problem, ...]) -> None:
        self._park(reading, "rejected", problems)

    def _park(self, reading: Reading, kind: str, problems: tuple[Problem, ...]) -> None:
        """Park a message, with its body unless there is a reason not to keep it. The sender hears of a rejected one."""
        message, rejected = _received(reading), kind == "rejected"
        why = self._reader.why_not_kept(reading, kind)
        if rejected and why is None:
            why = self._keeping.why_not(message.queue, message.body)
        if why:
            message, problems = message._replace(body=b""), (*problems, not_kept(why, message.body, self._sealer))
        answered = rejected and self._answer_rejected(reading, problems)
        house, sealed = house_of(message) or "", self._is_of_sealed(reading)
        self._messages.park(message, kind=kind, problems=problems, house=house, answered=answered, sealed=sealed)
        self._count(reading, kind)

    def _postpone(self, reading: Reading, reason: str, *, attempts: int) -> None:
        delay = FIRST_DELAY if attempts else 0.0
        self._messages.postpone(
            _received(reading),
            ordering_key=reading.ordering_key,
            attempts=attempts,
            reason=reason,
            delay=delay,
            sealed=self._is_of_sealed(reading),
        )
        self._count(reading, "postponed")

    def _count(self, reading: Reading, outcome: str) -> None:
        self._tally[SEALED if self._is_of_sealed(reading) else reading.delivery.queue, outcome] += 1

    def _is_of_sealed(self, reading: Reading) -> bool:
        return self._is_sealed(reading.delivery.body)

    def _log_fields(self, reading: Reading) -> dict[str, Any]:
        """The fields of a message that may be logged; of a sealed matter not even from whom and when it came."""
        if self._is_of_sealed(reading):
            return {}
        queue, message_id = reading.delivery.queue, reading.key.message_id
        return {"queue": queue, "message_id": message_id, "correlation_id": reading.correlation_id}


def _received(reading: Reading) -> ReceivedMessage:
    delivery = reading.delivery
    return ReceivedMessage(delivery.queue, *reading.key, delivery.body, delivery.user_id)
