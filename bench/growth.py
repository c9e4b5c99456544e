"""What becomes of cost, memory and queues as more is stored and more has gone through."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, pairwise
from pathlib import Path
from statistics import median

from bench.contenders.platform import Platform
from bench.ground import Ground
from bench.houses import small_profile
from bench.running import Run, warm
from bench.stored import store
from bench.work import Work

FEW, MANY = 2_000, 200_000
MESSAGES_A_REFERRAL = 8
"""About; the run tells how many it were."""
EARLY, LATE, LATER = 20_000, 200_000, 400_000
"""Messages after which memory is looked at: early and late are compared, and later shows whether it goes on growing."""


@dataclass(frozen=True)
class Cost:
    """What a referral costs with few and with many cases stored; ratio: in the median of the pairs."""

    few: float
    many: float
    ratio: float

    @classmethod
    def compared(cls, few: Sequence[float], many: Sequence[float]) -> "Cost":
        ratio = median(after / before for before, after in zip(few, many, strict=True))
        return cls(median(few), median(many), ratio)


def cost_with_stored_cases(
    ground: Ground, pairs: int, referrals: int, few: int = FEW, many: int = MANY
) -> Mapping[str, Cost]:
    """CPU seconds per 1,000 referrals of all processes together, and bytes of one in PostgreSQL's log: alternating runs
    on stores that hold so many cases."""
    for cases in (few, many):
        ground.empty()
        store(ground, cases)
        ground.keep(f"with_{cases}")
    runs: dict[int, list[Run]] = {few: [], many: []}
    for number in range(pairs):
        for cases in (few, many) if number % 2 == 0 else (many, few):
            with warm(ground, Platform(ground), partial(ground.bring_back, f"with_{cases}")) as running:
                runs[cases].append(running.run(referrals))
    costs: dict[str, Callable[[Run], float]] = {
        "CPU seconds": lambda run: run.platforms_cpu_seconds,
        "bytes in the WAL": lambda run: run.wal_bytes,
    }
    return {
        name: Cost.compared([cost(run) for run in runs[few]], [cost(run) for run in runs[many]])
        for name, cost in costs.items()
    }


def memory_over_time(
    ground: Ground, early: int = EARLY, late: int = LATE, later: int = LATER
) -> Mapping[str, Mapping[str, float]]:
    """MiB of each process after so many messages, and how many times as much late as early."""
    with warm(ground, Platform(ground)) as running:
        memory = {early: running.run(early // MESSAGES_A_REFERRAL).memory_mib}
        for seed, (before, after) in enumerate(pairwise((early, late, later)), start=2):
            tasks = Work(ground.house, seed).tasks((after - before) // MESSAGES_A_REFERRAL)
            memory[after] = running.carry(tasks).memory_mib
    told = {f"after {messages:,} messages": each for messages, each in memory.items()}
    return told | {"ratio": {name: memory[late][name] / memory[early][name] for name in memory[early]}}


def national_year(directory: Path, houses: int, referrals: int) -> Run:
    """So many houses in one installation, with so many referrals each, sent one after another from each in turn."""
    profiles = directory / "houses"
    profiles.mkdir(parents=True)
    for number in range(1, houses + 1):
        (profiles / f"house-{number:02}.toml").write_text(small_profile(f"house-{number:02}"))
    with Ground(directory, profiles) as ground, warm(ground, Platform(ground)) as running:
        works = (Work(house, seed) for seed, house in enumerate(ground.houses.values(), start=10))
        tasks = list(chain.from_iterable(zip(*(work.tasks(referrals) for work in works), strict=True)))
        return running.carry(tasks, patience=1800)
