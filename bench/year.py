"""Measures whether a national year goes on at the rate of short runs, on one machine: `python -m bench.year`.

Prints the referrals a second of the short runs and of the year, and how many times as many the year has.
"""

import argparse
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.contenders.platform import Platform
from bench.ground import Ground
from bench.growth import national_year
from bench.side_by_side import throughput
from bench.table import table

HOUSES_IN_THE_COUNTRY, REFERRALS_A_HOUSE = 33, 1469
TARGET = 0.7
"""How many times the rate of the short runs, at least."""


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m bench.year")
    arguments.add_argument("--runs", type=int, default=3, help="how many short runs, of which the median counts")
    arguments.add_argument("--referrals", type=int, default=3000, help="of a short run")
    arguments.add_argument(
        "--of-each-house", type=int, default=REFERRALS_A_HOUSE, help="referrals of a house in its year"
    )
    given = arguments.parse_args()
    sys.stdout.write(f"{told(measure(HOUSES_IN_THE_COUNTRY, given.runs, given.referrals, given.of_each_house))}\n")


def measure(houses: int, runs: int, referrals: int, of_each_house: int) -> dict[str, float]:
    """Referrals a second of short runs of one house (their median), of a year of several, and the ratio of the two."""
    with TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as directory:
        with Ground(Path(directory, "short")) as ground:
            [short] = throughput(ground, [Platform(ground)], runs, referrals).values()
        rate = median(run.referrals_per_second for run in short)
        year = national_year(Path(directory, "year"), houses, of_each_house).referrals_per_second
    return {"short runs": rate, "national year": year, "ratio": year / rate}


def told(rates: dict[str, float]) -> str:
    return f"referrals a second (target of the ratio: at least {TARGET})\n{table({'platform': rates})}"


if __name__ == "__main__":
    main()
