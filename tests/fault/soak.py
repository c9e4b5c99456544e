"""Random faults for a while: `python -m tests.fault.soak <minutes> [<seed>]`.

The same seed gives the same schedule, as long as the list of faults is the same. In every fourth round only attacks
strike, and nobody may be starved. Exit status 0: the oracle had nothing to complain of, nobody was starved, and every
report was equal to the undisturbed one.
"""

import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from random import Random, SystemRandom
from tempfile import TemporaryDirectory

from deploy.local.installation import ROOT
from shared.testing.small_disk import NotPermitted
from tests.fault.arena import Arena
from tests.fault.faults import ATTACKS, FAULTS
from tests.fault.faults.registry import DidNotStrike
from tests.fault.rounds import Ending, digest_of_report, play
from tests.fault.traffic.cast import MOST_ROUNDS

PEOPLE = 120
FAULTS_A_ROUND = 3
ATTACKED_EVERY = 4
LOGS = ROOT / "build" / "soak"

Schedule = Iterator[list[tuple[str, Random]]]


@dataclass
class Tally:
    """What all rounds together gave."""

    rounds: int = 0
    sent: int = 0
    heard: int = 0
    struck: Counter[str] = field(default_factory=Counter)
    did_not_strike: Counter[str] = field(default_factory=Counter)
    complaints: list[str] = field(default_factory=list)
    attacked: int = 0
    starved: list[str] = field(default_factory=list)
    reports_that_differ: int = 0

    @property
    def is_well(self) -> bool:
        return not self.complaints and not self.starved and not self.reports_that_differ

    def __str__(self) -> str:
        return "\n".join(
            [
                f"{self.rounds} rounds, {self.sent} messages sent, {self.heard} heard",
                f"{self.struck.total()} faults of {len(self.struck)} kinds",
                *(f"  {count:4} {name}" for name, count in sorted(self.struck.items())),
                f"{self.did_not_strike.total()} that did not come about: {dict(self.did_not_strike)}",
                f"{len(self.complaints)} complaints of the oracle, {self.reports_that_differ} reports that differ",
                f"{len(self.starved)} starved in {self.attacked} rounds of attacks alone",
                *self.complaints,
                *self.starved,
            ]
        )


def schedule_of(seed: int) -> Schedule:
    """The faults of each round, each with its own chances."""
    chance = Random(seed)
    for number in count(1):
        kinds = sorted(ATTACKS) if number % ATTACKED_EVERY == 0 else list(FAULTS)
        yield [(name, Random(chance.random())) for name in chance.sample(kinds, FAULTS_A_ROUND)]


def soak(minutes: float, seed: int) -> Tally:
    """Rounds until the time is over, each struck by some faults one after another."""
    until = time.monotonic() + 60 * minutes
    tally, schedule = Tally(), schedule_of(seed)
    while time.monotonic() < until:
        with (
            TemporaryDirectory(prefix="soak-", ignore_cleanup_errors=True) as directory,
            Arena(Path(directory)) as arena,
        ):
            try:
                _soak(arena, until, schedule, tally)
            except Exception as error:  # the rest of the time is worth having, on another platform
                tally.complaints.append(f"round {tally.rounds + 1} broke off: {error!r}")
                _keep_logs(arena, tally)
    return tally


def _soak(arena: Arena, until: float, schedule: Schedule, tally: Tally) -> None:
    """As many rounds as one arena has years for; at their end, each year's report is looked at once more."""
    endings = [play(arena, 0, lambda arena: None, PEOPLE)]
    while len(endings) < MOST_ROUNDS and time.monotonic() < until:
        faults = next(schedule)
        ending = play(arena, len(endings), partial(_strike, faults=faults, tally=tally), PEOPLE)
        endings.append(ending)
        names = [name for name, _ in faults]
        _count(tally, ending, attacked=ATTACKS.issuperset(names))
        if ending.complaints:
            _keep_logs(arena, tally)
        _say(
            f"round {tally.rounds}: {', '.join(names)}: {ending.sent} sent, {ending.seconds:.0f} s, {_verdict(ending)}"
        )
    late = [digest_of_report(arena, arena.house, ending.year) for ending in endings]
    tally.reports_that_differ += sum(digest != endings[0].digest for digest in late)


def _strike(arena: Arena, faults: list[tuple[str, Random]], tally: Tally) -> None:
    for name, chance in faults:
        try:
            FAULTS[name](arena, chance)
            tally.struck[name] += 1
        except (DidNotStrike, NotPermitted):
            tally.did_not_strike[name] += 1


def _count(tally: Tally, ending: Ending, *, attacked: bool) -> None:
    tally.rounds += 1
    tally.sent += ending.sent
    tally.heard += ending.heard
    tally.complaints += [f"round {tally.rounds}: {complaint}" for complaint in ending.complaints]
    if attacked:
        tally.attacked += 1
        tally.starved += [f"round {tally.rounds}: {each}" for each in ending.starved]


def _verdict(ending: Ending) -> str:
    first = f", first: {ending.complaints[0]}" if ending.complaints else ""
    return f"{len(ending.complaints)} complaints, {len(ending.starved)} waited long{first}"


def _keep_logs(arena: Arena, tally: Tally) -> None:
    """Of all processes, until now."""
    logs = arena.stack.installation.directory / "logs"
    shutil.copytree(logs, LOGS / f"round-{tally.rounds}", dirs_exist_ok=True)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    minutes = float(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SystemRandom().randrange(10**6)
    _say(f"{minutes:.0f} minutes with seed {seed}")
    tally = soak(minutes, seed)
    _say(f"seed {seed}: {tally}")
    sys.exit(0 if tally.is_well else 1)
