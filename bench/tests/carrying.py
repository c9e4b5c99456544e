"""Lets a contender carry a few referrals, and tells what became of them."""

from collections import Counter
from collections.abc import Sequence

from bench.contender import AGENDA, SIEVED, TABLED, TREATED, Contender
from bench.driver import Driver, Noted
from bench.ground import Ground
from bench.work import Task, Work

SEED = 2015
PATIENCE_SECONDS = 60.0
"""Less than a test may take, so that one that fails still puts everything away."""


def tasks_for(ground: Ground, count: int) -> list[Task]:
    """Some of them open a table, and some are detentions."""
    return Work(ground.house, SEED).tasks(count)


def carry(ground: Ground, contender: Contender, tasks: Sequence[Task]) -> Noted:
    """On empty stores. Raises Stuck."""
    ground.empty()
    with contender.running():
        ground.watch(contender.watched)
        with Driver(ground, contender) as driver:
            return driver.carry(tasks, patience=PATIENCE_SECONDS)


def effects_of(tasks: Sequence[Task]) -> Counter[str]:
    """How many rows of each kind these should leave."""
    return Counter(
        {
            AGENDA: len(tasks),
            TABLED: len(tasks),
            TREATED: sum(task.opens_table for task in tasks),
            SIEVED: sum(task.is_detention for task in tasks),
        }
    )


def effects_seen(ground: Ground, contender: Contender) -> Counter[str]:
    """How many there are."""
    seen: Counter[str] = Counter()
    for database in {each.database for tables in contender.watched.values() for each in tables}:
        with ground.superuser(database) as connection:
            seen.update(what for (what,) in connection.execute("SELECT what FROM bench_seen"))
    return seen
