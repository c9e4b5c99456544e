"""What a partner's system has stored of its stream. Once in a round it crashes, loses an answer, and asks again."""

from dataclasses import dataclass, field
from typing import Any

Heard = dict[str, Any]

CRASHES_AT = 4
"""Which answer it has acked and not yet stored when it crashes."""


@dataclass
class Memory:
    """Of one user. missing: the number of the answer that it lost; what comes after that waits until it is there.

    crashes: whether it ever does. Those who don't must hear everything without asking.
    """

    crashes: bool
    missing: int | None = None
    _arrived: int = 0
    _waiting: list[Heard] = field(default_factory=list)

    def take(self, heard: Heard) -> list[Heard]:
        """What there is to note now, in the order of the stream."""
        self._arrived += 1
        number = int(heard["sequence"])
        if self.crashes and self._arrived == CRASHES_AT:
            self.missing = number
            return []
        if self.missing is None or number < self.missing:
            return [heard]
        self._waiting.append(heard)
        if number != self.missing:
            return []
        self.missing = None
        *waited, found = self._waiting
        self._waiting = []
        return [found, *waited]
