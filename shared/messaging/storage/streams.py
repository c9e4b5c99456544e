"""The numbered streams of a service: what goes to each partner, and what of it is kept for a replay."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import NamedTuple

from shared.postgres import Store, load_queries

REPLAYED_A_DAY = 10_000
"""Messages of one stream, at most; of a longer stream, as many as are kept of it."""


class Stream(NamedTuple):
    """What went to one partner. last: the number given last, 0 before the first.

    first_kept: from which number on messages are kept. replay_under_way: whether one still waits in the outbox.
    replayed_today: messages, in the 24 hours that began with the first of them.
    """

    last: int = 0
    first_kept: int = 1
    replay_under_way: bool = False
    replayed_today: int = 0

    @property
    def left_today(self) -> int:
        """How many messages may still be replayed: the queue of a partner that does not fetch has no limit."""
        return max(REPLAYED_A_DAY, self.last - self.first_kept + 1) - self.replayed_today


class StreamStore(Store):
    """One method per query; bodies stay sealed. A stream's name is the routing key that its messages go to."""

    queries = load_queries(Path(__file__).with_name("streams.sql"))

    def number(self, leaving: Mapping[int, str]) -> dict[int, int]:
        """leaving: the streams of rows that have no number yet, by position in the outbox. Gives their numbers."""
        more = Counter(leaving.values())
        streams = {"names": sorted(more), "counts": [more[name] for name in sorted(more)]}
        with self._connection.transaction():
            last = {row["name"]: row["last"] for row in self.fetch_all("extend", streams)}
            coming = {name: count(last[name] - more[name] + 1) for name in more}
            numbers = {position: next(coming[leaving[position]]) for position in sorted(leaving)}
            self.execute("number", {"positions": list(numbers), "sequences": list(numbers.values())})
        return numbers

    def move_from_outbox(self, positions: Sequence[int]) -> None:
        """Instead of `delete_from_outbox`, for rows some of which have a number."""
        self.execute("move_from_outbox", {"positions": list(positions)})

    def stream(self, name: str) -> Stream:
        row = self.fetch_one("stream", {"name": name})
        return Stream(**row) if row else Stream()

    def send_again(self, name: str, *, from_sequence: int) -> None:
        """To be called before `replay`: then each message is in the outbox, or kept and seen by `replay`."""
        self.execute("send_again", {"name": name, "from_sequence": from_sequence})

    def replay(self, name: str, *, exchange: str, from_sequence: int, limit: int) -> None:
        self.execute("replay", {"name": name, "exchange": exchange, "from_sequence": from_sequence, "limit": limit})

    def purge(self, *, days: int, limit: int) -> None:
        self.execute("purge", {"days": days, "limit": limit})
