"""Does one partner's flood keep the others waiting? `python -m bench.fairness`

Partners send two notices a second each: first alone, then beside one partner that sends the dearest messages there are
for as long, more of them than intake can take. Tells how long the others waited for their receipts each time.
"""

import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pika

from bench.contenders.platform import Platform
from bench.ground import Ground
from bench.running import Warm, warm
from bench.side_by_side import percentiles
from bench.table import table
from bench.work import Task, Work
from replay.house import House
from replay.players.letters import OUTFLOW_COLUMNS, OUTFLOW_LIST, letter
from services.intake.aftercare_reports.outflow_lists import MOST_ROWS

SECONDS = 20.0
PARTNERS, EACH_SENDS = 11, 2.0
"""Notices a second."""
FLOODS_A_SECOND, MOST_FLOODED = 20.0, 1000
"""Messages of the flooding partner."""
TARGET_SECONDS = 1.0
"""The p99 of the others, from publish to receipt."""
YEAR = 2014
HEADER = ";".join(OUTFLOW_COLUMNS)
DEAREST: Mapping[str, str] = {
    "wrong rows": "\n".join([HEADER, *["0"] * 21_600]),
    "right rows": "\n".join([HEADER, *[f";;;;;Leiden;other;{YEAR}-01-05;{YEAR}-02-01"] * MOST_ROWS]),
}
"""Outflow lists: the one that has most problems, and the one that brings most to do."""

Waits = Mapping[str, float]


def measure(ground: Ground, seconds: float = SECONDS, floods: Iterable[str] = DEAREST) -> Mapping[str, Waits]:
    """p50, p95 and p99 of the others' receipts in seconds, alone and beside each flood. Raises Stuck."""
    flooder, count = _flooder(ground.house), int(PARTNERS * EACH_SENDS * seconds)
    tasks = _of_others(ground.house, f"{ground.house.house}.{flooder}", 2 * count)
    waits = {}
    for name in floods:
        with warm(ground, Platform(ground)) as running:
            waits["alone"] = _waits(running, tasks[:count])
            with flooding(ground, flooder, DEAREST[name]):
                waits[f"beside {name}"] = _waits(running, tasks[count:])
        _purge(ground)
    return waits


@contextmanager
def flooding(ground: Ground, flooder: str, rows: str) -> Iterator[None]:
    """The partner sends as long as this lasts, MOST_FLOODED at most."""
    ended = threading.Event()
    thread = threading.Thread(target=_flood, args=(ground, flooder, rows, ended), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(30)


def told(waits: Mapping[str, Waits]) -> str:
    """As people read it."""
    return (
        f"seconds from a partner's publish to its receipt, {PARTNERS * EACH_SENDS:.0f} notices a second\n"
        f"(target: p99 under {TARGET_SECONDS:.0f} s)\n" + table(waits)
    )


def _flood(ground: Ground, flooder: str, rows: str, ended: threading.Event) -> None:
    user = f"{ground.house.house}.{flooder}"
    with pika.BlockingConnection(pika.URLParameters(ground.stack.amqp_url(user))) as connection:
        channel = connection.channel()
        for number in range(MOST_FLOODED):
            data = {"reference": f"V-{number}", "year": YEAR, "part": 1, "parts": 1, "list": rows}
            body = letter(ground.house, flooder, OUTFLOW_LIST, date(YEAR + 1, 1, 15), data).body
            properties = pika.BasicProperties(delivery_mode=2, user_id=user)
            channel.basic_publish(f"partner.{user}.in", "", body, properties)
            connection.process_data_events(0)
            if ended.wait(1 / FLOODS_A_SECOND):
                return


def _flooder(house: House) -> str:
    return next(partner.id for partner in house.partners.values() if OUTFLOW_LIST in partner.may_send)


def _of_others(house: House, user: str, count: int) -> list[Task]:
    return list(islice((task for task in Work(house, seed=4).tasks(3 * count) if task.user != user), count))


def _waits(running: Warm, tasks: list[Task]) -> Waits:
    return percentiles(running.carry(tasks, rate=PARTNERS * EACH_SENDS).noted, "receipt")


def _purge(ground: Ground) -> None:
    """What the flood has left in the queues."""
    host = ground.stack.installation.topology.virtual_host
    for line in ground.control("list_queues", "-p", host, "--no-table-headers", "name", "messages").splitlines():
        queue, messages = line.split()
        if messages != "0":
            ground.control("purge_queue", "-p", host, queue)


if __name__ == "__main__":
    with (
        TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as directory,
        Ground(Path(directory)) as ground,
    ):
        sys.stdout.write(told(measure(ground)))
