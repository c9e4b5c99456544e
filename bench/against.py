"""CPU of this version beside an earlier one on the same work: `python -m bench.against COMMIT`.

The earlier version runs from a checkout of its own, with the packages of this one. Both take turns, and carry the same
referrals and decisions, which this version draws; what an earlier version does not know of a decision is left out of
its work: `--without followUps`.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench import running
from bench.contenders.platform import Platform
from bench.ground import Ground
from bench.running import warm
from bench.table import table
from bench.work import Task, Work
from deploy.local.installation import ROOT

TARGET = 1.3
"""At most so many times the CPU seconds of the version before people came, for all that came since."""
Costs = Mapping[str, float]
"""CPU seconds per 1,000 referrals, by process."""


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m bench.against")
    arguments.add_argument("commit", help="the earlier version")
    arguments.add_argument("--pairs", type=int, default=3)
    arguments.add_argument("--referrals", type=int, default=1500)
    arguments.add_argument("--without", nargs="*", default=(), help="fields of a decision that it does not know")
    given = arguments.parse_args()
    with TemporaryDirectory() as directory:
        earlier, work, known = (Path(directory) / name for name in ("earlier", "work.json", "known.json"))
        _git("worktree", "add", "--detach", str(earlier), given.commit)
        try:
            draw(work, given.referrals)
            draw(known, given.referrals, without=given.without)
            costs = side_by_side({"earlier": (earlier, known), "this": (ROOT, work)}, given.pairs)
        finally:
            _git("worktree", "remove", "--force", str(earlier))
    say("CPU seconds per 1,000 referrals (medians)")
    say(table({name: _medians(runs) for name, runs in costs.items()}))
    ratios = [sum(ours.values()) / sum(theirs.values()) for theirs, ours in zip(*costs.values(), strict=True)]
    say(f"times as many, in each pair: {', '.join(f'{ratio:.2f}' for ratio in ratios)}")
    say(f"median {median(ratios):.2f} (target: at most {TARGET})")


def draw(work: Path, referrals: int, without: Collection[str] = ()) -> None:
    """without: fields that are left out of each decision."""
    with TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as directory:
        tasks = Work(Ground(Path(directory)).house, seed=1).tasks(referrals)
    for task in tasks:
        for field in without:
            task.decision.pop(field, None)
    work.write_text(json.dumps([task._asdict() | {"body": task.body.decode()} for task in tasks]))


def side_by_side(versions: Mapping[str, tuple[Path, Path]], pairs: int) -> Mapping[str, Sequence[Costs]]:
    """They take turns. versions: a checkout and its work each, by name."""
    costs: dict[str, list[Costs]] = {name: [] for name in versions}
    for name in turns(versions, pairs):
        costs[name].append(_carried_by(*versions[name]))
    return costs


def turns(versions: Iterable[str], pairs: int) -> Iterator[str]:
    """Whose turn it is: each pair in the other direction."""
    names = list(versions)
    return (name for number in range(pairs) for name in names[:: -1 if number % 2 else 1])


def _carried_by(checkout: Path, work: Path) -> Costs:
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    command = [sys.executable, "-P", __file__, str(work), str(running.WARM_UP)]
    done = subprocess.run(command, cwd=checkout, env=environment, stdout=subprocess.PIPE, check=True, timeout=600)  # noqa: S603
    costs: Costs = json.loads(done.stdout.splitlines()[-1])
    return costs


def carry(work: Path) -> None:
    """Has the platform of the version that is imported carry the work; prints its costs."""
    tasks = [Task(**task | {"body": task["body"].encode()}) for task in json.loads(work.read_text())]
    with (
        TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as directory,
        Ground(Path(directory)) as ground,
        warm(ground, Platform(ground)) as warmed,
    ):
        costs = warmed.carry(tasks).cpu_seconds
    say(json.dumps({name: seconds for name, seconds in costs.items() if name != "driver"}))


def _medians(runs: Sequence[Costs]) -> Costs:
    costs = {name: median(run[name] for run in runs) for name in runs[0]}
    return costs | {"all": median(sum(run.values()) for run in runs)}


def _git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True)  # noqa: S603, S607


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if __spec__:
        main()
    else:
        running.WARM_UP = int(sys.argv[2])
        carry(Path(sys.argv[1]))
