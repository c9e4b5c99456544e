"""How long lists and bulk actions take with 100,000 parked messages: `python -m bench.parked`.

One process and its database: the endpoints as a service answers them, without the network, and the command.
"""

import base64
import os
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import replace
from io import BytesIO, TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import orjson
import psycopg
from psycopg.types.json import Jsonb

from bench.private_cluster import private_databases
from bench.table import table
from shared.keys import Keys
from shared.messaging.parked import Parking
from shared.messaging.parking import main as command
from shared.messaging.sealing import Sealer
from shared.messaging.storage import MessageStore
from shared.postgres.link import LINK
from shared.testing.callers import token_caller
from shared.testing.databases import Databases
from shared.web import PARKING
from shared.web.call import Call, Caller
from shared.web.parked import GroupStep, ParkedMessagesQuery, ParkedState

MESSAGES, LARGE, OLD = 100_000, 2_000, 50
"""All messages; those of 64 KB with 3,000 unknown fields; those with all their problems, as the version before kept."""
KEY = base64.b64encode(bytes(32)).decode()
SEALER = Sealer(Keys.parse(KEY))
HOUSE = "hollands-midden"
POLICE, DJI = f"{HOUSE}.politie", f"{HOUSE}.dji"
OPERATOR = token_caller("operator", HOUSE, {"operator"})
OFFICER = token_caller("officer", HOUSE, {"parking_officer"})
COLUMNS = "queue, sender, message_id, kind, problems, body, user_id, house, reason, answered"


class Figures(NamedTuple):
    """Of one question. memory: the most that Python held more than before, in bytes. answer: bytes of the answer."""

    seconds: float
    memory: int
    answer: int


class Units:
    """The database of a service, as its endpoints use it."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    @contextmanager
    def parking(self) -> Iterator[Parking]:
        with self._connection.transaction():
            yield Parking(self._connection, SEALER)

    def field_names(self) -> frozenset[str]:
        return frozenset({"reference", "subject"})

    def is_sealed(self, body: bytes) -> bool:
        return False


class Service:
    """What the endpoints ask of a service."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.units = Units(connection)


def message(message_id: UUID, unknown_fields: int) -> bytes:
    data = {f"unknown_{number:04}": "123" for number in range(unknown_fields)}
    return orjson.dumps({"specversion": "1.0", "id": message_id, "source": "urn:x", "house": HOUSE, "data": data})


def problems(count: int) -> Jsonb:
    return Jsonb([[f"data.unknown_{number:04}", "Unknown field.", "unknown_field"] for number in range(count)])


def rows() -> Iterator[tuple[Any, ...]]:
    """Of fifty messages, one waits for a person and is large; the others are refusals that a partner was told."""
    few, most, every = problems(1), problems(100), problems(3000)
    small = SEALER.seal(message(uuid4(), 1), "parked")
    for number in range(MESSAGES):
        message_id = uuid4()
        sender = (POLICE, DJI)[number % 2]
        told = (f"intake.from.{sender}", sender, message_id, "rejected")
        if number % (MESSAGES // LARGE):
            yield *told, few, small, sender, HOUSE, f"reason_{number % 20}", True
        else:
            body = SEALER.seal(message(message_id, 3000), "parked")
            kept = every if number < OLD * (MESSAGES // LARGE) else most
            yield "intake", sender, message_id, "unexpected", kept, body, sender, HOUSE, "unknown_field", False


def fill(connection: psycopg.Connection[Any]) -> None:
    with connection.cursor().copy(f"COPY parked ({COLUMNS}) FROM STDIN") as copy:
        for row in rows():
            copy.write_row(row)


@contextmanager
def filled(databases: Databases) -> Iterator[str]:
    """The URL of a service's database with MESSAGES parked messages."""
    with databases.migrated("intake") as database:
        with psycopg.connect(database.url, autocommit=True) as connection:
            fill(connection)
        yield database.url


@contextmanager
def load() -> Iterator[None]:
    """Something else to do for each core."""
    others = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for other in others:
            other.kill()
            other.wait()


def figures(url: str) -> dict[str, Figures]:
    """What each question cost, by question. The bulk actions come last, because they take messages away."""
    with psycopg.connect(url, autocommit=True, **LINK) as connection:
        service = Service(connection)

        def ask(route: str, caller: Caller, input: Any = None, **path: Any) -> Callable[[], bytes]:
            call = Call(input=input, caller=caller, correlation_id=uuid4())
            return lambda: PARKING[route].at(route).answer(service, call, path).get_data()

        newest, largest = connection.execute(
            "SELECT max(id), max(id) FILTER (WHERE NOT answered) FROM parked"
        ).fetchone() or (0, 0)
        group: dict[str, Any] = {"house": HOUSE, "sender": POLICE, "kind": "unexpected", "reason": "unknown_field"}
        step = GroupStep(why="a bench", state=ParkedState.WAITING, newest=newest, **group)
        refused = replace(step, state=ParkedState.ANSWERED, kind="rejected", reason="reason_2")
        answered = ParkedMessagesQuery(state=ParkedState.ANSWERED, limit=100)
        listed, groups = "GET /v1/parked-messages", "GET /v1/parked-message-groups"
        questions = {
            "groups, by an operator": ask(groups, OPERATOR),
            "groups, by an officer": ask(groups, OFFICER),
            "a page of those that wait": ask(listed, OFFICER, ParkedMessagesQuery(limit=100)),
            "a page of those answered": ask(listed, OPERATOR, answered),
            "the oldest page": ask(listed, OPERATOR, ParkedMessagesQuery(before=OLD * MESSAGES // LARGE, limit=100)),
            "a page of a group": ask(listed, OPERATOR, ParkedMessagesQuery(limit=100, **group)),
            "a group that is empty": ask(listed, OPERATOR, ParkedMessagesQuery(sender="nobody", limit=100)),
            "one message of 64 KB": ask("GET /v1/parked-messages/<int:id>", OFFICER, id=largest),
            "the command groups": lambda: printed(url, "groups", "--answered"),
            "the command list": lambda: printed(url, "list"),
            "what the metrics count": lambda: repr(MessageStore(connection, SEALER).set_aside(["intake"])).encode(),
            "replay of a step": ask("POST /v1/parked-message-groups/replays", OFFICER, step),
            "discard of a step, large": ask("POST /v1/parked-message-groups/discards", OFFICER, step),
            "discard of a step": ask("POST /v1/parked-message-groups/discards", OFFICER, refused),
        }
        return {question: _measured(answer) for question, answer in questions.items()}


def printed(url: str, *arguments: str) -> bytes:
    """What the command prints."""
    output = TextIOWrapper(BytesIO(), write_through=True)
    with redirect_stdout(output):
        status = command(["intake", *arguments], {"DATABASE_URL": url, "MESSAGE_KEY": KEY})
    assert status == 0
    output.seek(0)
    return output.read().encode()


def _measured(answer: Callable[[], bytes]) -> Figures:
    """The better of two times; then once more for the memory, because measuring that takes time."""
    seconds = min(_seconds(answer) for _ in range(2))
    tracemalloc.start()
    content = answer()
    _, memory = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return Figures(seconds, memory, len(content))


def _seconds(answer: Callable[[], bytes]) -> float:
    began = time.perf_counter()
    answer()
    return time.perf_counter() - began


def main() -> None:
    with (
        TemporaryDirectory() as directory,
        private_databases(Path(directory)) as databases,
        filled(databases) as url,
    ):
        found = figures(url)
        with load():
            beside_load = figures(url)
    columns = {
        question: {
            "ms": 1000 * each.seconds,
            "ms beside load": 1000 * beside_load[question].seconds,
            "MB of memory": each.memory / 1e6,
            "KB of answer": each.answer / 1e3,
        }
        for question, each in found.items()
    }
    sys.stdout.write(f"With {MESSAGES:,} parked messages:\n{table(columns)}")


if __name__ == "__main__":
    os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_selector")
    main()
