"""A year replayed on a stack by a process of its own, as `make demo` does."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from deploy.local.stack import LocalStack
from replay.left import left_to_do
from replay.players.platform import Desk
from replay.published import read_year

SMALL_YEAR = Path(__file__).with_name("small-year.json")
ANOTHER_HOUSE = Path(__file__).parents[1] / "houses" / "midden-land.toml"
ANOTHER_YEAR = ANOTHER_HOUSE.with_name("midden-land-2017.json")


class Replay:
    """One replay under way. `report` is the file that it writes."""

    def __init__(self, process: subprocess.Popen[str], report: Path) -> None:
        self._process = process
        self._report = report

    def finish(self) -> int:
        """Wait for its end; gives the exit status, and shows what it said if that is not 0."""
        said, _ = self._process.communicate()
        if self._process.returncode:
            sys.stdout.write(said)
        return self._process.returncode

    @property
    def figures(self) -> dict[str, Any]:
        figures: dict[str, Any] = json.loads(self._report.read_text())
        return figures


@contextmanager
def replaying(stack: LocalStack, year: Path, directory: Path) -> Iterator[Replay]:
    report = directory / "report.json"
    where: list[str | Path] = ["--directory", stack.installation.directory, "--report", report]
    with subprocess.Popen(
        [sys.executable, "-m", "replay", "play", "--year", year, *where],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield Replay(process, report)
        finally:
            process.kill()


@dataclass(frozen=True)
class Ending:
    """The state of a stack after a replay.

    figures: the file that the replay wrote. report: everything in reporting's report. left: rows in each service's
    outbox and postponed. parked: the queue and kind of each message that stands parked, by service. breaches: releases
    for which nothing was prepared. reconciliation: the prisons' outflow list beside what aftercare knows. to_do: what
    people owe and wait for.
    """

    figures: dict[str, Any]
    report: dict[str, Any]
    left: dict[str, int]
    parked: dict[str, list[tuple[str, str]]]
    breaches: list[Any]
    reconciliation: dict[str, Any]
    to_do: dict[str, int]

    @classmethod
    def of(cls, stack: LocalStack, replay: Replay, year_file: Path) -> "Ending":
        left, parked = {}, {}
        for service in stack.services:
            with psycopg.connect(stack.database_url(service)) as connection:
                for table in ("outbox", "postponed"):
                    rows = connection.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,)
                    left[f"{service}.{table}"] = rows[0]
                parked[service] = connection.execute("SELECT queue, kind FROM parked ORDER BY queue, kind").fetchall()
        year = read_year(year_file)
        reader = Desk(stack, year.house, "reporting", "reader")
        coordinator = Desk(stack, year.house, "aftercare", "aftercare_coordinator")
        return cls(
            figures=replay.figures,
            report=reader.get(f"/v1/management-reports/{year.year}"),
            left=left,
            parked=parked,
            breaches=list(coordinator.list("/v1/breaches")),
            reconciliation=coordinator.get(f"/v1/reconciliations/{year.year}"),
            to_do=left_to_do(stack, year.house),
        )


def played(stack: LocalStack, year: Path, directory: Path) -> Ending:
    """How the replay of a year ends, which must go well."""
    with replaying(stack, year, directory) as replay:
        assert replay.finish() == 0
        return Ending.of(stack, replay, year)
