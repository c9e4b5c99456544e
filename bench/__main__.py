"""Measures the platform and its contenders side by side, and how the platform bears growth: `python -m bench`.

Prints tables and writes build/bench.json.
"""

import argparse
import json
import platform
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from bench import reporting, upkeep
from bench.contender import Contender
from bench.contenders.faststream.contender import FastStreamContender
from bench.contenders.floor.contender import Floor
from bench.contenders.platform import Platform
from bench.contenders.stock_nameko.contender import StockNameko
from bench.ground import Ground
from bench.growth import FEW, MANY, cost_with_stored_cases, memory_over_time, national_year
from bench.side_by_side import latencies, ratios, summary, throughput
from bench.table import table
from bench.upkeep import RESULTS
from bench.year import HOUSES_IN_THE_COUNTRY, REFERRALS_A_HOUSE
from deploy.local.installation import ROOT

PACKAGES = ("nameko", "eventlet", "pika", "marshmallow", "psycopg", "faststream")
TARGETS = {"stock nameko": 8.0, "faststream": 2.0, "floor": 0.5}
"""How many times as many referrals a second as each of them."""


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m bench")
    arguments.add_argument(
        "--side-by-side", action="store_true", help="leave out what is measured of the platform alone"
    )
    arguments.add_argument("--pairs", type=int, default=5)
    arguments.add_argument("--referrals", type=int, default=3000)
    arguments.add_argument("--seconds", type=float, default=20.0, help="how long each runs at half its maximum")
    given = arguments.parse_args()
    with (
        TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as directory,
        Ground(Path(directory)) as ground,
    ):
        contenders: list[Contender] = [
            Platform(ground),
            StockNameko(ground),
            FastStreamContender(ground),
            Floor(ground),
        ]
        results = {"where": where()}
        keep(results, measure(ground, contenders, given.pairs, given.referrals, given.seconds))
        if not given.side_by_side:
            keep(results, grow(ground, given.pairs, given.referrals))
    if not given.side_by_side:
        keep(results, live_through_a_year())
    say(f"written to {RESULTS.relative_to(ROOT)}")


def keep(results: dict[str, Any], more: Mapping[str, Any]) -> None:
    """At once: what comes later may fail, or be broken off."""
    results |= more
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1))


def measure(
    ground: Ground, contenders: Sequence[Contender], pairs: int, referrals: int, seconds: float
) -> dict[str, Any]:
    """All results; prints each as soon as it is there."""
    ours, nameko, *_ = contenders
    runs = throughput(ground, contenders, pairs, referrals)
    maxima, compared = summary(runs), ratios(runs, ours.name)
    say(f"{pairs} pairs of {referrals} referrals, as fast as it goes (medians)")
    say(table(maxima, ("referrals_per_second", "messages_per_second")))
    say("CPU seconds per 1,000 referrals")
    say(table({name: each["cpu_seconds"] for name, each in maxima.items()}))
    say("MiB at the end")
    say(table({name: each["memory_mib"] for name, each in maxima.items()}))
    say("times as fast")
    say(table({name: {"ratio": ratio, "target": TARGETS[name]} for name, ratio in compared.items()}))
    waits = {}
    for contender in contenders:
        rate = maxima[contender.name]["referrals_per_second"] / 2
        waits[f"{contender.name}, {rate:.0f}/s"] = latencies(ground, contender, rate, seconds)
    half = maxima[ours.name]["referrals_per_second"] / 2
    waits[f"{nameko.name}, {half:.0f}/s"] = latencies(ground, nameko, half, seconds)
    say("seconds from a partner's publish to each effect, at half the maximum; stock nameko at ours as well")
    say(table({name: _flat(percentiles) for name, percentiles in waits.items()}))
    return {"throughput": maxima, "ratios": compared, "targets": TARGETS, "latencies": waits}


def grow(ground: Ground, pairs: int, referrals: int) -> dict[str, Any]:
    """How cost and memory bear what is stored, and what has gone through."""
    costs = {name: asdict(cost) for name, cost in cost_with_stored_cases(ground, pairs, referrals).items()}
    say(
        f"CPU seconds per 1,000 referrals, and a referral's bytes in PostgreSQL's log, with {FEW:,} and {MANY:,} stored"
    )
    say("cases (target: at most 1.2 times as many CPU seconds)")
    say(table(costs))
    memory = memory_over_time(ground)
    say("MiB of each process, and how many times as much (target: at most 1.1)")
    say(table(memory))
    besides = upkeep.measure(ground)
    say(upkeep.told(besides))
    return {"stored_cases": costs, "memory": memory, "upkeep": asdict(besides)}


def live_through_a_year() -> dict[str, Any]:
    """A national year in one installation, and reporting on a million cases."""
    with TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as directory:
        year = national_year(Path(directory), HOUSES_IN_THE_COUNTRY, REFERRALS_A_HOUSE)
    national = {"referrals": year.referrals, "referrals_per_second": year.referrals_per_second, "minutes": year.minutes}
    say(f"a national year, {HOUSES_IN_THE_COUNTRY} houses in one installation")
    say(table({"platform": national}))
    reports = reporting.measure(reporting.Size())
    say(reporting.table(reports))
    return {"national_year": national, "reporting": asdict(reports)}


def where() -> dict[str, Any]:
    """Machine, versions and commit."""
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607
    return {
        "commit": commit.stdout.strip(),
        "machine": platform.machine(),
        "cores": psutil.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30),
        "python": platform.python_version(),
        "packages": {package: version(package) for package in PACKAGES},
    }


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _flat(percentiles: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    return {f"{effect} {name}": value for effect, each in percentiles.items() for name, value in each.items()}


if __name__ == "__main__":
    main()
