"""The numbered streams of messages to partners, and the sent messages kept for replays."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import NamedTuple

from shared.postgres import Store, load_queries

REPLAYED_A_DAY = 10_000
"""The maximum of replayed messages per stream; for a stream with more kept messages, their number."""


class Stream(NamedTuple):
    """The messages to one partner. last: the highest number, 0 before the first message.

    first_kept: the lowest number of a kept message. replay_under_way: whether replayed messages wait in the outbox.
    replayed_today: the number of messages replayed within 24 hours from the first of them.
    """

    last: int = 0
    first_kept: int = 1
    replay_under_way: bool = False
    replayed_today: int = 0

    @property
    def left_today(self) -> int:
        """The number of messages that may still be replayed today: a partner's queue has no length limit."""
        return max(REPLAYED_A_DAY, self.last - self.first_kept + 1) - self.replayed_today


class StreamStore(Store):
    """One method per query; bodies stay sealed. The name of a stream is the routing key of its messages."""

    queries = load_queries(Path(__file__).with_name("streams.sql"))

    def number(self, streams: Mapping[int, str]) -> dict[int, int]:
        """Number rows of the outbox. streams: the stream of each row without a number, by the row's position.

        Returns the numbers by position.
        """
        counts = Counter(streams.values())
        extensions = {"names": sorted(counts), "counts": [counts[name] for name in sorted(counts)]}
        with self._connection.transaction():
            last = {row["name"]: row["last"] for row in self.fetch_all("extend", extensions)}
            next_number = {name: count(last[name] - counts[name] + 1) for name in counts}
            numbers = {position: next(next_number[streams[position]]) for position in sorted(streams)}
            self.execute("number", {"positions": list(numbers), "sequences": list(numbers.values())})
        return numbers

    def move_from_outbox(self, positions: Sequence[int]) -> None:
        """Delete confirmed rows from the outbox; keep those with a number for replays."""
        self.execute("move_from_outbox", {"positions": list(positions)})

    def stream(self, name: str) -> Stream:
        row = self.fetch_one("stream", {"name": name})
        return Stream(**row) if row else Stream()

    def send_again(self, name: str, *, from_sequence: int) -> None:
        """Mark unconfirmed messages, from a number on, to go out once more. To be called before `replay`.

        From here to the end of the transaction, another replay of the stream waits.
        """
        self.execute("one_at_a_time", {"name": name})
        self.execute("send_again", {"name": name, "from_sequence": from_sequence})

    def replay(self, name: str, *, exchange: str, from_sequence: int, limit: int) -> None:
        """Copy the kept messages of a stream, from a number on, to the outbox."""
        self.execute("replay", {"name": name, "exchange": exchange, "from_sequence": from_sequence, "limit": limit})

    def purge(self, *, days: int, limit: int) -> None:
        """Delete kept messages older than this many days, the oldest `limit` of them."""
        self.execute("purge", {"days": days, "limit": limit})
