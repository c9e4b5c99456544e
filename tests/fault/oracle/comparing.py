"""What should stand somewhere beside what does: each thing as often as it should, and nothing else."""

from collections import Counter
from collections.abc import Hashable, Iterable


def differences(where: str, expected: Iterable[Hashable], found: Iterable[Hashable]) -> list[str]:
    """A complaint for each thing that stands there more or less often than it should."""
    should, does = Counter(expected), Counter(found)
    things = dict.fromkeys([*should, *does])
    return [_complaint(where, thing, should[thing], does[thing]) for thing in things if should[thing] != does[thing]]


def _complaint(where: str, thing: Hashable, should: int, does: int) -> str:
    name = named(thing)
    if not does:
        return f"{where}: {name} is missing"
    if not should:
        return f"{where}: {name} is there without a cause"
    return f"{where}: {name} is there {does} times and should be {should} times"


def named(thing: Hashable) -> str:
    """What a complaint calls it."""
    if isinstance(thing, tuple):
        return " ".join("-" if part is None else str(part) for part in thing)
    return str(thing)
