"""The same work with one, two and four of each worker and relay: `python -m bench.replicas`.

On few cores more processes can't carry more; it shows what sharing costs, and how soon a dead one's work goes on.
"""

import os
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Timer

from bench.contenders.platform import Platform
from bench.driver import Noted
from bench.ground import Ground
from bench.running import Run, warm
from bench.table import table
from bench.work import Work

NUMBERS = (1, 2, 4)
SHARDS = 4
ROUNDS, REFERRALS = 5, 2000
RATE, SECONDS, KILLED_AFTER = 50.0, 20.0, 7.0
"""Referrals a second, how long, and when one of each of two dies, in seconds."""


@dataclass(frozen=True)
class Throughput:
    """Medians. ratio: how many times as many referrals a second as with one of each, by rounds."""

    referrals_per_second: float
    cpu_seconds: float
    ratio: float


@dataclass(frozen=True)
class Takeover:
    """Seconds from a partner's publish to the agenda when one of each of two is killed on the way."""

    referrals: int
    median: float
    longest: float


def throughput(
    ground: Ground, numbers: Sequence[int], rounds: int = ROUNDS, referrals: int = REFERRALS
) -> Mapping[int, Throughput]:
    """By the number of each. They take turns, and each round in the other direction."""
    runs: dict[int, list[Run]] = {number: [] for number in numbers}
    for turn in range(rounds):
        for number in numbers if turn % 2 == 0 else reversed(numbers):
            with warm(ground, Platform(ground, number)) as running:
                runs[number].append(running.run(referrals))
    return {number: _throughput(of_these, runs[numbers[0]]) for number, of_these in runs.items()}


def takeover(ground: Ground, rate: float = RATE, seconds: float = SECONDS, after: float = KILLED_AFTER) -> Takeover:
    """Of two of each, the second ones are killed while referrals come in. Raises Stuck if one is not carried."""
    with warm(ground, Platform(ground, 2)) as running:
        seconds_of_each = [pid for name, pid in running.processes.items() if name.endswith(".2")]
        killer = Timer(after, _kill, [seconds_of_each])
        killer.start()
        tasks = Work(ground.house, seed=3).tasks(int(rate * seconds))
        waits = _waits(running.driver.carry(tasks, rate, patience=300))
        killer.join()
    return Takeover(len(waits), median(waits), max(waits))


def measure() -> tuple[Mapping[int, Throughput], Takeover]:
    with (
        TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as directory,
        Ground(Path(directory), shards=SHARDS, replicas=max(NUMBERS)) as ground,
    ):
        return throughput(ground, NUMBERS), takeover(ground)


def told(by_number: Mapping[int, Throughput], taken_over: Takeover) -> str:
    """As people read it."""
    return (
        f"of each worker and relay, with {SHARDS} queues a service\n"
        + table({str(number): vars(each) for number, each in by_number.items()})
        + "two of each, and the second ones are killed: seconds from a partner's publish to the agenda\n"
        + table({"platform": vars(taken_over)})
    )


def _throughput(these: Sequence[Run], single: Sequence[Run]) -> Throughput:
    return Throughput(
        referrals_per_second=median(run.referrals_per_second for run in these),
        cpu_seconds=median(run.platforms_cpu_seconds for run in these),
        ratio=median(
            run.referrals_per_second / alone.referrals_per_second for run, alone in zip(these, single, strict=True)
        ),
    )


def _kill(pids: Sequence[int]) -> None:
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


def _waits(noted: Noted) -> list[float]:
    return [moment - noted.sent[message] for message, moment in noted.agenda.items()]


if __name__ == "__main__":
    sys.stdout.write(told(*measure()))
