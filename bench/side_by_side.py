"""The contenders side by side: how many referrals a second, at what cost, and how soon each effect is there."""

from collections.abc import Iterator, Mapping, Sequence
from statistics import median, quantiles
from typing import Any

from bench.contender import Contender
from bench.driver import Noted
from bench.ground import Ground
from bench.running import Run, warm

EFFECTS = ("receipt", "agenda", "tabled", "feedback")


def throughput(ground: Ground, contenders: Sequence[Contender], pairs: int, referrals: int) -> dict[str, list[Run]]:
    """The runs of each, as fast as it goes. They take turns, and each round in the other direction."""
    runs: dict[str, list[Run]] = {contender.name: [] for contender in contenders}
    for number in range(pairs):
        for contender in contenders if number % 2 == 0 else reversed(contenders):
            with warm(ground, contender) as running:
                runs[contender.name].append(running.run(referrals))
    return runs


def ratios(runs: Mapping[str, Sequence[Run]], ours: str) -> dict[str, float]:
    """How many times as fast as each other: the median over the pairs."""
    return {
        name: median(
            our.referrals_per_second / their.referrals_per_second for our, their in zip(runs[ours], theirs, strict=True)
        )
        for name, theirs in runs.items()
        if name != ours
    }


def latencies(ground: Ground, contender: Contender, rate: float, seconds: float) -> dict[str, dict[str, float]]:
    """p50, p95 and p99 in seconds from a partner's publish to each effect, at so many referrals a second."""
    with warm(ground, contender) as running:
        noted = running.run(int(rate * seconds), rate).noted
    return {effect: percentiles(noted, effect) for effect in EFFECTS}


def percentiles(noted: Noted, effect: str) -> dict[str, float]:
    """p50, p95 and p99 of the seconds from a publish to this effect."""
    moments: Mapping[str, float] = getattr(noted, effect)
    waits = [moment - noted.sent[message] for message, moment in moments.items()]
    hundredths = quantiles(waits, n=100)
    return {"p50": hundredths[49], "p95": hundredths[94], "p99": hundredths[98]}


def summary(runs: Mapping[str, Sequence[Run]]) -> dict[str, dict[str, Any]]:
    """The medians of each contender's runs."""
    return {name: dict(_summary(theirs)) for name, theirs in runs.items()}


def _summary(runs: Sequence[Run]) -> Iterator[tuple[str, Any]]:
    yield "referrals_per_second", median(run.referrals_per_second for run in runs)
    yield "messages_per_second", median(run.messages_per_second for run in runs)
    yield "each_run", [run.referrals_per_second for run in runs]
    for what in ("cpu_seconds", "memory_mib"):
        yield what, {name: median(getattr(run, what)[name] for run in runs) for name in getattr(runs[0], what)}
