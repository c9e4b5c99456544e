"""What an installation needs, from what was measured: `python -m bench.capacity [--into docs/capacity.md]`.

Reads build/bench.json as `make bench` writes it; prints the tables of the page on capacity, or puts them into it.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

from bench.upkeep import RESULTS
from shared.configuration import declared_settings
from shared.messaging.relay_settings import RelaySettings

VOLUMES: Mapping[str, int] = {
    "a region": 1_500,
    "the country": 50_000,
    "the country with all youth suspects": 200_000,
    "ten such countries": 2_000_000,
}
"""Referrals a year, as the handbook has them."""
UTILISATION = 0.6
DAYS, HOURS, BUSIEST = 250, 8, 10
"""Working days a year, hours a day, and how much busier the busiest hour is than the others."""
LEAST_REPLICAS, COPIES, YEARS_KEPT, HEADROOM = 2, 3, 10, 2
MIGRATION_HOURS = 8
STREAM_DAYS = int(next(each.default or 0 for each in declared_settings(RelaySettings) if each.name == "STREAM_DAYS"))
STORES = ("broker", "postgres")
LEAST_GIB = 1.0
"""Of memory for a broker or a database."""
FIGURES = re.compile(r"(?<=<!-- figures -->\n).*(?=<!-- end of figures -->)", re.DOTALL)

Row = Sequence[str]


class NotMeasured(Exception):
    """A figure is not in the results; the message says which command gives it."""


@dataclass(frozen=True)
class Measured:
    """Of a referral, by process: CPU seconds for 1,000; besides, CPU in use while nothing comes (share of a core) and
    MiB. By database the bytes that stay for good. All rounded as the page shows them."""

    cpu: Mapping[str, float]
    idle: Mapping[str, float]
    memory: Mapping[str, float]
    stored: Mapping[str, float]
    once: Mapping[str, float]

    @classmethod
    def of(cls, results: Mapping[str, Any]) -> "Measured":
        """Raises NotMeasured."""
        if "upkeep" not in results:
            raise NotMeasured("build/bench.json has no `upkeep`: run .venv/bin/python -m bench.upkeep")
        platform, upkeep = results["throughput"]["platform"], results["upkeep"]
        processes = [name for name in platform["cpu_seconds"] if name != "driver"]
        latest: Mapping[str, float] = next(
            (each for name, each in results.get("memory", {}).items() if "200,000" in name), {}
        )
        return cls(
            cpu={name: round(platform["cpu_seconds"][name], 2) for name in processes},
            idle={name: round(upkeep["idle_cpu"][name], 3) for name in processes},
            memory={name: round(latest.get(name, platform["memory_mib"][name])) for name in processes},
            stored={name: round(size) for name, size in upkeep["stored_bytes"].items()},
            once={
                "referrals a second": round(platform["referrals_per_second"]),
                "messages of a referral": round(platform["messages_per_second"] / platform["referrals_per_second"], 1),
                "bytes of its message": round(upkeep["message_bytes"]),
                "bytes in the streams": round(upkeep["stream_bytes"]),
                "bytes in the WAL": round(upkeep["wal_bytes"]),
            },
        )

    def seconds_of(self, referrals: float) -> float:
        """CPU seconds that so many cost, all processes together."""
        return sum(self.cpu.values()) * referrals / 1000

    @property
    def bytes_stored(self) -> float:
        return sum(self.stored.values())

    @property
    def idle_cores(self) -> float:
        """An installation's that waits: every process and store as often as there is one of it."""
        return sum(share * _times(name) for name, share in self.idle.items())

    @property
    def busiest(self) -> tuple[str, float]:
        """The worker or relay that costs most, and how many referrals a second one of it can carry at most."""
        name = max((name for name in self.cpu if name not in STORES), key=lambda name: self.cpu[name])
        return name, 1000 / self.cpu[name]


def tables(measured: Measured) -> str:
    """The page's figures."""
    parts = (
        ("What a referral costs, and what waits for it", _measured_processes(measured)),
        ("What a referral leaves", _measured_bytes(measured)),
        ("Load of a year", _load(measured)),
        ("Catching up after a day, and a migration", _peaks(measured)),
        ("Memory", _memory(measured)),
        ("Disk", _disk(measured)),
        ("Messages at the broker", _broker(measured)),
        ("All together, but for a migration", _together(measured)),
    )
    return "\n".join(f"### {title}\n\n{_markdown(rows)}\n" for title, rows in parts)


def _measured_processes(measured: Measured) -> Iterator[Row]:
    yield "process", "CPU s for 1,000 referrals", "cores while nothing comes", "MiB"
    for name in measured.cpu:
        yield name, f"{measured.cpu[name]:.2f}", f"{measured.idle[name]:.3f}", f"{measured.memory[name]:.0f}"


def _measured_bytes(measured: Measured) -> Iterator[Row]:
    yield "figure", "measured"
    for name, size in measured.stored.items():
        yield f"bytes in {name}'s database", f"{size:,.0f}"
    for name, figure in measured.once.items():
        yield name, f"{figure:,.1f}" if name.startswith("messages") else f"{figure:,.0f}"


def _load(measured: Measured) -> Iterator[Row]:
    yield "volume", "referrals a year", "in the busiest hour", "cores busy then"
    for name, year in VOLUMES.items():
        hour = _busiest_hour(year)
        yield name, f"{year:,}", f"{hour:,.0f}", _significant(measured.seconds_of(hour) / 3600)


def _peaks(measured: Measured) -> Iterator[Row]:
    rate = measured.once["referrals a second"]
    process, most = measured.busiest
    yield (
        "volume",
        "a day's referrals",
        "carried on two cores in",
        f"referrals of {YEARS_KEPT} years",
        f"cores to carry them in {MIGRATION_HOURS} hours",
        f"replicas of {process} for that",
    )
    for name, year in VOLUMES.items():
        day, years = year / DAYS, year * YEARS_KEPT
        a_second = years / MIGRATION_HOURS / 3600
        cores = measured.seconds_of(a_second) / UTILISATION
        replicas = f"{max(1, ceil(a_second / most / UTILISATION))}"
        yield name, f"{day:,.0f}", _duration(day / rate), f"{years:,}", _significant(cores), replicas


def _memory(measured: Measured) -> Iterator[Row]:
    yield "what", "how many", "GiB each", "GiB"
    processes = sum(size for name, size in measured.memory.items() if name not in STORES)
    count = len(measured.memory) - len(STORES)
    of_one = HEADROOM * processes / count / 1024
    yield "workers and relays", f"{LEAST_REPLICAS * count}", f"{of_one:.2f}", f"{LEAST_REPLICAS * count * of_one:.1f}"
    yield "nodes of the broker", f"{COPIES}", f"{_broker_gib(measured):.1f}", f"{COPIES * _broker_gib(measured):.1f}"
    for name, year in VOLUMES.items():
        sizes = [_database_gib(size, year) for size in measured.stored.values()]
        each = " to ".join(dict.fromkeys(f"{size:.1f}" for size in (min(sizes), max(sizes))))
        yield f"databases of {name}", f"{COPIES * len(sizes)}", each, f"{COPIES * sum(sizes):.1f}"


def _disk(measured: Measured) -> Iterator[Row]:
    yield (
        "volume",
        "GB a year",
        f"GB after {YEARS_KEPT} years",
        "GB of streams",
        "GB in all, three times",
        "GB of WAL a year",
    )
    for name, year in VOLUMES.items():
        stored, streams = _stored_gb(measured, year), _streams_gb(measured, year)
        disk = _disk_gb(measured, year)
        wal = year * measured.once["bytes in the WAL"] / 1e9
        yield name, *map(_significant, (stored, YEARS_KEPT * stored, streams, disk, wal))


def _broker(measured: Measured) -> Iterator[Row]:
    yield "volume", "messages a second in the busiest hour", "messages of a day", "MB, if a day waits"
    for name, year in VOLUMES.items():
        messages = measured.once["messages of a referral"]
        waiting = HEADROOM * year / DAYS * messages * measured.once["bytes of its message"] / 1e6
        hour = _busiest_hour(year) / 3600 * messages
        yield name, *map(_significant, (hour, year / DAYS * messages, waiting))


def _together(measured: Measured) -> Iterator[Row]:
    yield "volume", "cores", "GiB of memory", "GB of disk"
    processes = sum(size for name, size in measured.memory.items() if name not in STORES)
    fixed = LEAST_REPLICAS * HEADROOM * processes / 1024 + COPIES * _broker_gib(measured)
    for name, year in VOLUMES.items():
        busy = measured.seconds_of(_busiest_hour(year)) / 3600
        cores = (measured.idle_cores + busy) / UTILISATION
        memory = fixed + COPIES * sum(_database_gib(size, year) for size in measured.stored.values())
        yield name, f"{cores:.1f}", f"{memory:.0f}", _significant(_disk_gb(measured, year))


def _busiest_hour(year: int) -> float:
    return BUSIEST * year / DAYS / HOURS


def _stored_gb(measured: Measured, year: int) -> float:
    return year * measured.bytes_stored / 1e9


def _streams_gb(measured: Measured, year: int) -> float:
    return year * STREAM_DAYS / 365 * measured.once["bytes in the streams"] / 1e9


def _disk_gb(measured: Measured, year: int) -> float:
    return COPIES * HEADROOM * (YEARS_KEPT * _stored_gb(measured, year) + _streams_gb(measured, year))


def _database_gib(bytes_of_a_referral: float, year: int) -> float:
    """Its last year, twice."""
    return max(LEAST_GIB, HEADROOM * year * bytes_of_a_referral / 2**30)


def _broker_gib(measured: Measured) -> float:
    return max(LEAST_GIB, HEADROOM * measured.memory["broker"] / 1024)


def _times(name: str) -> int:
    """How many of it there are at least: the one cluster that was measured stands for every database's three."""
    return COPIES if name in STORES else LEAST_REPLICAS


def _duration(seconds: float) -> str:
    return f"{_significant(seconds)} s" if seconds < 60 else f"{_significant(seconds / 60)} min"


def _significant(value: float) -> str:
    """Two digits that count, and no more than four behind the point."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{float(f'{value:.1e}'):.4f}".rstrip("0").rstrip(".")


def _markdown(rows: Iterator[Row]) -> str:
    header, *others = rows
    return "\n".join("| " + " | ".join(row) + " |" for row in (header, ["---"] * len(header), *others))


def main() -> None:
    figures = tables(Measured.of(json.loads(RESULTS.read_text())))
    if len(sys.argv) == 3 and sys.argv[1] == "--into":
        page = Path(sys.argv[2])
        page.write_text(FIGURES.sub(lambda _: f"\n{figures}\n", page.read_text()))
    else:
        sys.stdout.write(figures)


if __name__ == "__main__":
    main()
