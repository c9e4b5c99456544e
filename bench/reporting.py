"""Reporting with a full store: the year's report, a factsheet, and its projections made again from the journal.

`python -m bench.reporting`, on a PostgreSQL of its own, in under three minutes. What is timed runs as in the service,
but for the broker and HTTP.
"""

import gc
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from secrets import token_urlsafe
from statistics import median, quantiles
from time import perf_counter
from typing import Any
from uuid import uuid4

import psycopg

from services.reporting.tests.events import (
    HOUSE,
    aftercare_planned,
    closed,
    detained,
    opened,
    registered,
    release_changed,
    weighed,
    work_at_table,
)
from services.reporting.tests.reports import HOUSES, Reports
from services.reporting.tests.stored_cases import store_cases
from shared.testing.cluster import Cluster, remove_cluster
from shared.testing.databases import Databases
from shared.testing.plans import scans_of
from shared.testing.program import running
from shared.testing.waiting import free_ports, wait_until

ROOT = Path(__file__).parents[1]
POSTGRES_SETTINGS = ("shared_buffers=128MB", "max_wal_size=4GB")
"""PostgreSQL's own default, and room for the filling; durability stays as it is."""
MUNICIPALITY, LAST_YEAR = "Gouda", 2021
BATCH = 200


@dataclass(frozen=True, kw_only=True)
class Size:
    """What is stored: referrals of each house and year; and how many events fill projections, so many times."""

    houses: int = 33
    years: int = 21
    referrals: int = 1_500
    events: int = 5_000
    rounds: int = 5

    @property
    def each_year(self) -> range:
        return range(LAST_YEAR + 1 - self.years, LAST_YEAR + 1)


@dataclass(frozen=True)
class Answers:
    """Milliseconds. cold: the first after a start of PostgreSQL; the others: each stored year once more."""

    cold: float
    median: float
    p95: float


@dataclass(frozen=True)
class Results:
    """sequential_scans: tables that a report or factsheet of any year read from end to end;
    times_as_fast: how projections are made again, against their first fill, in the median of some pairs."""

    size: Size
    report: Answers
    factsheet: Answers
    sequential_scans: int
    first_fill_per_second: float
    rebuild_per_second: float
    times_as_fast: float


def measure(size: Size) -> Results:
    """All of it, on a cluster that is gone afterwards."""
    with tempfile.TemporaryDirectory() as directory:
        cluster = Cluster(Path(directory) / "data", free_ports(1)[0], token_urlsafe())
        cluster.prepare()
        try:
            return _measure(size, cluster, Path(directory) / "log")
        finally:
            remove_cluster(cluster.directory)


def _measure(size: Size, cluster: Cluster, log: Path) -> Results:
    gc.freeze()  # as a service does
    with _started(cluster, log):
        databases = Databases(cluster, ROOT)
        first_fill, rebuild = zip(*(_projecting(databases, size.events) for _ in range(size.rounds)), strict=True)
        _store(size, cluster)
    report, report_scans = _answers(size, cluster, log, lambda reports, year: reports.report(year))
    factsheet, factsheet_scans = _answers(
        size, cluster, log, lambda reports, year: reports.factsheet(MUNICIPALITY, year)
    )
    return Results(
        size=size,
        report=report,
        factsheet=factsheet,
        sequential_scans=report_scans + factsheet_scans,
        first_fill_per_second=size.events / median(first_fill),
        rebuild_per_second=size.events / median(rebuild),
        times_as_fast=median(first / again for first, again in zip(first_fill, rebuild, strict=True)),
    )


@contextmanager
def _started(cluster: Cluster, log: Path) -> Iterator[None]:
    options = [part for setting in POSTGRES_SETTINGS for part in ("-c", setting)]
    program = replace(cluster.program, command=[*cluster.program.command, *options])
    with running(program, log, throw_away=[cluster.data]):
        if not wait_until(cluster.is_ready, 60):
            raise TimeoutError(f"PostgreSQL did not start:\n{log.read_text()}")
        yield


def _projecting(databases: Databases, events: int) -> tuple[float, float]:
    """Seconds for the first fill of an empty database, and then for making its projections again."""
    bodies = list(_bodies(events))
    with databases.migrated("reporting") as database, psycopg.connect(database.url, autocommit=True) as connection:
        reports = Reports(connection)
        first_fill = sum(_seconds(reports.take, *batch) for batch in _batches(bodies))
        return first_fill, _seconds(reports.rebuild)


def _batches(bodies: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    return (bodies[start : start + BATCH] for start in range(0, len(bodies), BATCH))


def _bodies(count: int) -> Iterator[bytes]:
    """Of every type as many as there are in a year, more or less."""
    return islice(chain.from_iterable(map(_of_one_referral, range(count))), count)


def _of_one_referral(number: int) -> Iterator[bytes]:
    referral_id, subject_id, id = uuid4(), uuid4(), uuid4()
    yield registered(referral_id, subject_id)
    if number % 2:
        yield from (detained(id), release_changed(id, "2015-08-01"), aftercare_planned(id, housing="yes", debts="no"))
    yield weighed(referral_id, subject_id)
    if number % 4 == 0:
        yield from (opened(id), *work_at_table(id), closed(id))


def _store(size: Size, cluster: Cluster) -> None:
    """Fills the database that others were copied from."""
    houses = [HOUSE, *(f"house-{number}" for number in range(1, size.houses))]
    places = [each.name for each in HOUSES[HOUSE].municipalities]
    with psycopg.connect(cluster.url("reporting"), autocommit=True) as administrator:
        store_cases(administrator, houses, size.each_year, referrals=size.referrals, municipalities=places)
        administrator.execute("VACUUM ANALYZE")  # as autovacuum leaves it


def _answers(size: Size, cluster: Cluster, log: Path, ask: Callable[[Reports, int], Any]) -> tuple[Answers, int]:
    """How long it takes, and how many tables are read from end to end."""
    with _started(cluster, log), psycopg.connect(cluster.url("reporting"), autocommit=True) as connection:
        reports = Reports(connection)
        cold, *_ = [_seconds(ask, reports, year) for year in reversed(size.each_year)]
        warm = [_seconds(ask, reports, year) for year in size.each_year]
        scans = scans_of(connection, lambda: [ask(reports, year) for year in size.each_year])
    p95 = quantiles(warm, n=20)[-1]
    return Answers(1000 * cold, 1000 * median(warm), 1000 * p95), sum(scan.kind == "Seq Scan" for scan in scans)


def _seconds(work: Callable[..., Any], *arguments: Any) -> float:
    start = perf_counter()
    work(*arguments)
    return perf_counter() - start


def table(results: Results) -> str:
    size = results.size
    stored = size.houses * size.years * size.referrals
    lines = [f"with {stored:,} referrals of {size.houses} houses and {size.years} years stored:"]
    for name, answers in (("management report", results.report), ("factsheet", results.factsheet)):
        figures = f"median {answers.median:6.1f} ms   p95 {answers.p95:6.1f} ms   cold {answers.cold:6.1f} ms"
        lines.append(f"  {name:<18} {figures}")
    lines += [
        f"  tables read from end to end: {results.sequential_scans}",
        f"{size.events:,} events:",
        f"  filled first       {results.first_fill_per_second:9,.0f} a second, in batches of {BATCH}",
        f"  made again         {results.rebuild_per_second:9,.0f} a second, {results.times_as_fast:.1f} times that",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(table(measure(Size())))
