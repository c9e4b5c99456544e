"""How many referrals each person brings: sizes of groups that come closest to the published "seen n times"."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

OPEN_SIZE = 7
"""From this size on, the published row is open-ended: "7+"."""
SIZES = range(2, OPEN_SIZE + 1)


def row_name(size: int) -> str:
    """The published row of people seen `size` times."""
    return str(size) if size < OPEN_SIZE else f"{OPEN_SIZE}+"


def seen_n_times(sizes: list[int]) -> dict[str, int]:
    """The published rows as they follow from the sizes."""
    return dict(Counter(row_name(size) for size in sizes if size > 1))


def fewest_referrals(unique: int, seen: Mapping[str, int]) -> int:
    """How many referrals the published rows imply at least."""
    return unique + sum((size - 1) * seen.get(row_name(size), 0) for size in SIZES)


def closest_sizes(unique: int, weighed: int, seen: Mapping[str, int], singles: int = 0) -> list[int]:
    """Sizes, largest first, of `unique` groups with `weighed` referrals, that change the published rows least.

    At least `singles` of them are of size 1. Expects 1 ≤ unique ≤ weighed, or both 0.
    """
    published = tuple(seen.get(row_name(size), 0) for size in SIZES)
    rows = _nearest(published, _Rest(weighed - fewest_referrals(unique, seen), unique - sum(published)))
    sizes = [size for size, count in zip(SIZES, rows, strict=True) for _ in range(count)]
    sizes = sizes[::-1] + [1] * (unique - len(sizes))
    sizes = _spread_over_open(sizes, weighed - sum(sizes))
    while sizes.count(1) < singles and (fewer := with_one_more_single(sizes)):
        sizes = fewer
    return sizes


def with_one_more_single(sizes: list[int]) -> list[int] | None:
    """The same number of groups and referrals with one more single; None when there is nothing to take from."""
    repeated = [size for size in sizes if size > 1]
    if len(repeated) < 2:
        return None
    taker, *others, giver = repeated
    singles = [1] * (len(sizes) - len(repeated) + 1)
    return sorted([taker + giver - 1, *others], reverse=True) + singles


def typical_rows(unique: int, weighed: int) -> dict[str, int]:
    """Rows for a file that publishes none: each further time is seen by about half as many people."""
    repeats = weighed - unique
    return {row_name(size): repeats // (2 ** (size - 1) * (size - 1)) for size in SIZES}


class _Rest(NamedTuple):
    """What the rows leave over: referrals (for the open row only), and people seen once."""

    referrals: int
    singles: int


def _nearest(published: tuple[int, ...], rest: _Rest) -> tuple[int, ...]:
    """Breadth first, one person in or out of a row at a time, until nothing is left over or lacking."""
    lowest = min(rest.referrals, 0) - OPEN_SIZE
    highest = max(rest.referrals, 0) + OPEN_SIZE * (1 + max(-rest.singles, 0))
    layer = {rest: published}
    seen = {rest}
    while True:
        for found, rows in layer.items():
            if found.singles >= 0 and (found.referrals == 0 or (found.referrals > 0 and rows[-1])):
                return rows
        reached: dict[_Rest, tuple[int, ...]] = {}
        for found, rows in layer.items():
            for next_rest, next_rows in _steps(found, rows):
                if next_rest not in seen and lowest <= next_rest.referrals <= highest:
                    seen.add(next_rest)
                    reached[next_rest] = next_rows
        layer = reached


def _steps(rest: _Rest, rows: tuple[int, ...]) -> Iterator[tuple[_Rest, tuple[int, ...]]]:
    """One person out of a row while referrals or people lack; one single into a row when referrals are left over."""
    changes = [-1] if rest.referrals < 0 or rest.singles < 1 else []
    changes += [1] if rest.referrals > 0 and rest.singles > 0 else []
    for at, size in enumerate(SIZES):
        for change in changes:
            if rows[at] + change >= 0:
                changed = (*rows[:at], rows[at] + change, *rows[at + 1 :])
                yield _Rest(rest.referrals - change * (size - 1), rest.singles - change), changed


def _spread_over_open(sizes: list[int], left: int) -> list[int]:
    open_ended = sum(size >= OPEN_SIZE for size in sizes)
    if not open_ended:
        return sizes
    each, rest = divmod(left, open_ended)
    return [size + each + (at < rest) if at < open_ended else size for at, size in enumerate(sizes)]
