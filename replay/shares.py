"""Dividing whole numbers: in proportion, and exactly over classes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_TRIES_PER_CLASS = 40
_TRIES = 4000


def spread(total: int, caps: Sequence[int]) -> list[int]:
    """`total` divided in proportion to `caps` by largest remainder, never above a cap; at most all of the caps."""
    room = sum(caps)
    total = min(total, room)
    shares = [total * cap // room if room else 0 for cap in caps]
    by_remainder = sorted(range(len(caps)), key=lambda at: (-(total * caps[at] % room) if room else 0, at))
    for at in by_remainder[: total - sum(shares)]:
        shares[at] += 1
    return shares


@dataclass(frozen=True)
class Kind:
    """Things of one weight that are divided over classes; `most` bounds how many each class takes."""

    weight: int
    count: int
    most: tuple[int, ...] | None = None

    def bound(self, at: int) -> int:
        """The most of this kind that class `at` takes."""
        return self.count if self.most is None else self.most[at]


def partition(kinds: Sequence[Kind], targets: Sequence[int]) -> list[list[int]] | None:
    """How many of each kind go to each class, so that the weights in class i add up to targets[i] exactly.

    The targets must add up to the weight of all. Stays near proportional shares; None when no way was found.
    """
    order = sorted(range(len(targets)), key=lambda at: targets[at])
    by_weight = sorted(range(len(kinds)), key=lambda at: (kinds[at].most is None, -kinds[at].weight))
    search = _Search([kinds[at] for at in by_weight], [targets[at] for at in order], order)
    vectors = search.solve(0, tuple(kinds[at].count for at in by_weight))
    if vectors is None:
        return None
    result = [[0] * len(kinds) for _ in targets]
    for place, vector in zip(order, vectors, strict=True):
        for at, count in zip(by_weight, vector, strict=True):
            result[place][at] = count
    return result


@dataclass
class _Search:
    """Depth-first over the classes, smallest target first; the last class takes what is left."""

    kinds: list[Kind]
    targets: list[int]
    places: list[int]
    tries: int = _TRIES

    def solve(self, step: int, left: tuple[int, ...]) -> list[tuple[int, ...]] | None:
        if step == len(self.targets) - 1:
            return [left]
        for tried, vector in enumerate(self._vectors(step, left)):
            self.tries -= 1
            if self.tries < 0 or tried >= _TRIES_PER_CLASS:
                return None
            rest = self.solve(step + 1, tuple(a - b for a, b in zip(left, vector, strict=True)))
            if rest is not None:
                return [vector, *rest]
        return None

    def _vectors(self, step: int, left: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        """Ways to fill one class exactly, those nearest to proportional first."""
        limits = [self._limits(step, at, count) for at, count in enumerate(left)]
        reach = self._reachable(limits)
        weight = sum(kind.weight * count for kind, count in zip(self.kinds, left, strict=True))
        share = self.targets[step] / weight if weight else 0.0

        def fill(at: int, target: int) -> Iterator[tuple[int, ...]]:
            if at == len(left):
                yield ()
                return
            low, high = limits[at]
            unit = self.kinds[at].weight
            high = min(high, target // unit)
            for count in sorted(range(low, high + 1), key=lambda n: abs(n - left[at] * share)):
                if reach[at + 1] >> (target - unit * count) & 1:
                    yield from ((count, *rest) for rest in fill(at + 1, target - unit * count))

        if reach[0] >> self.targets[step] & 1:
            yield from fill(0, self.targets[step])

    def _limits(self, step: int, at: int, count: int) -> tuple[int, int]:
        kind = self.kinds[at]
        later = sum(kind.bound(place) for place in self.places[step + 1 :])
        return max(0, count - later), min(count, kind.bound(self.places[step]))

    def _reachable(self, limits: list[tuple[int, int]]) -> list[int]:
        """For each kind on: a bit set of the sums that it and the lighter ones can make."""
        reach = [1]
        for kind, (low, high) in zip(reversed(self.kinds), reversed(limits), strict=True):
            sums = reach[0] << low * kind.weight
            more, step = high - low, 1
            while more > 0:
                step = min(step, more)
                sums |= sums << step * kind.weight
                more -= step
                step *= 2
            reach.insert(0, sums)
        return reach
