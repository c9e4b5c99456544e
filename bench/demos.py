"""How long `make demo` takes on fresh clones of this version and of an earlier one: `python -m bench.demos COMMIT`.

Each version is cloned and installed once; then their demos take turns. What is not committed does not count.
"""

import argparse
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.against import say, turns
from bench.table import table
from deploy.local.installation import ROOT
from shared.testing.guard import guarded

TARGET_SECONDS = 30.0
"""At most so much longer than with the earlier version, installing included."""
NAME = "NAME=bench"
DOWN = ["make", "down", NAME, "DELETE_DATA=yes"]
"""What stops a demo that was broken off."""


@dataclass
class Clone:
    """A version in a directory of its own. install, demos: in seconds."""

    directory: Path
    install: float
    demos: list[float] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """What somebody waits who has just cloned it."""
        return self.install + median(self.demos)


def measure(directory: Path, commit: str, pairs: int, *settings: str, source: Path = ROOT) -> dict[str, Clone]:
    """The clones in this directory, after so many demos of each. settings: of the Makefile, for both.

    Raises CalledProcessError.
    """
    commits = {"earlier": commit, "this": "HEAD"}
    clones = {name: _cloned(source, each, directory / name) for name, each in commits.items()}
    for name in turns(clones, pairs):
        checkout = clones[name].directory
        with guarded(DOWN, checkout):
            try:
                clones[name].demos.append(_seconds(checkout, "demo", "DEMO_EXIT=1", NAME, *settings))
            finally:
                subprocess.run(DOWN, cwd=checkout, stdout=sys.stderr, check=False)  # noqa: S603
    return clones


def _cloned(source: Path, commit: str, directory: Path) -> Clone:
    resolved = _git(source, "rev-parse", "--verify", f"{commit}^{{commit}}").strip()
    _git(source, "clone", "--quiet", "--no-checkout", str(source), str(directory))
    _git(directory, "checkout", "--quiet", "--detach", resolved)
    return Clone(directory, _seconds(directory, "install"))


def _seconds(directory: Path, *target: str) -> float:
    began = time.monotonic()
    subprocess.run(["make", *target], cwd=directory, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=True)  # noqa: S603, S607
    return time.monotonic() - began


def _git(directory: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=directory, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603, S607


def told(clones: dict[str, Clone]) -> str:
    """For people."""
    rows = {
        name: {"install": clone.install, "demo": median(clone.demos), "together": clone.seconds}
        for name, clone in clones.items()
    }
    longer = clones["this"].seconds - clones["earlier"].seconds
    each = [this - earlier for earlier, this in zip(clones["earlier"].demos, clones["this"].demos, strict=True)]
    return (
        f"seconds of `make install` and, in the median, of `make demo` after it\n{table(rows)}\n"
        f"demo longer, in each pair: {', '.join(f'{seconds:+.0f} s' for seconds in each)}\n"
        f"together {longer:+.0f} s (target: at most {TARGET_SECONDS:+.0f} s)"
    )


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m bench.demos")
    arguments.add_argument("commit", help="the earlier version")
    arguments.add_argument("--pairs", type=int, default=3)
    arguments.add_argument("--year", help="another year than the demo's, of the versions' own data")
    given = arguments.parse_args()
    with TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as directory:
        clones = measure(Path(directory), given.commit, given.pairs, *([f"YEAR={given.year}"] if given.year else []))
    say(told(clones))


if __name__ == "__main__":
    main()
