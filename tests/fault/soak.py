"""Random faults for a while: `python -m tests.fault.soak <minutes> [<seed>]`. The same seed gives the same schedule.

Exit status 0: nothing was lost, doubled or out of order, and every report was equal to the undisturbed one.
"""

import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local.installation import ROOT
from tests.fault.arena import Arena
from tests.fault.faults import FAULTS
from tests.fault.rounds import Ending, play
from tests.fault.traffic.cast import MOST_ROUNDS

PEOPLE = 200
FAULTS_A_ROUND = 3
LOGS = ROOT / "build" / "soak"


@dataclass
class Tally:
    """What all rounds together gave."""

    rounds: int = 0
    sent: int = 0
    heard: int = 0
    struck: Counter[str] = field(default_factory=Counter)
    without_effect: Counter[str] = field(default_factory=Counter)
    complaints: list[str] = field(default_factory=list)
    digests_that_differ: int = 0

    def __str__(self) -> str:
        return "\n".join(
            [
                f"{self.rounds} rounds, {self.sent} messages sent, {self.heard} heard",
                f"{self.struck.total()} faults of {len(self.struck)} kinds",
                *(f"  {count:4} {name}" for name, count in sorted(self.struck.items())),
                f"{self.without_effect.total()} that did not come about: {dict(self.without_effect)}",
                f"{len(self.complaints)} complaints of the oracle, {self.digests_that_differ} reports that differ",
                *self.complaints,
            ]
        )


def soak(minutes: float, seed: int) -> Tally:
    """Rounds until the time is over, each struck by some faults one after another."""
    until = time.monotonic() + 60 * minutes
    tally = Tally()
    schedule = schedule_of(seed)
    while time.monotonic() < until:
        place = Path(tempfile.mkdtemp(prefix="soak-"))
        with Arena(place) as arena:
            undisturbed = play(arena, 0, lambda arena: None, people=PEOPLE)
            _count(tally, undisturbed, undisturbed.digest)
            for number in range(1, MOST_ROUNDS):
                if time.monotonic() > until:
                    break
                names = next(schedule)
                ending = play(arena, number, lambda arena, names=names: _strike(arena, names, tally), people=PEOPLE)  # type: ignore[misc]
                _count(tally, ending, undisturbed.digest)
                if ending.complaints:
                    _keep_logs(arena, tally.rounds)
                well = list(ending.complaints) or "all well"
                _say(f"round {tally.rounds}: {', '.join(names)}: {ending.sent} sent, {ending.seconds:.0f} s, {well}")
        shutil.rmtree(place, ignore_errors=True)
    return tally


def schedule_of(seed: int) -> Iterator[list[str]]:
    """The faults of each round."""
    chance = random.Random(seed)
    while True:
        yield chance.sample(list(FAULTS), FAULTS_A_ROUND)


def _strike(arena: Arena, names: list[str], tally: Tally) -> None:
    for name in names:
        try:
            FAULTS[name](arena, random.Random(name))
            tally.struck[name] += 1
        except AssertionError:
            tally.without_effect[name] += 1
            arena.forget_orders()
        except Exception as error:  # the rest of the time is worth having
            tally.complaints.append(f"{name} could not be brought about or made good: {error!r}")


def _count(tally: Tally, ending: Ending, undisturbed: str) -> None:
    tally.rounds += 1
    tally.sent += ending.sent
    tally.heard += ending.heard
    tally.complaints += [f"round {tally.rounds}: {complaint}" for complaint in ending.complaints]
    tally.digests_that_differ += ending.digest != undisturbed


def _keep_logs(arena: Arena, round: int) -> None:
    """Of a round that the oracle complains of."""
    shutil.copytree(arena.stack.installation.directory / "logs", LOGS / f"round-{round}", dirs_exist_ok=True)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    minutes = float(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.SystemRandom().randrange(10**6)
    _say(f"{minutes:.0f} minutes with seed {seed}")
    tally = soak(minutes, seed)
    _say(f"seed {seed}: {tally}")
    sys.exit(1 if tally.complaints or tally.digests_that_differ else 0)
