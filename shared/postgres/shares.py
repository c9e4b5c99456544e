"""Shares of one piece of work, divided fairly among the processes that live: a session-level advisory lock each."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from psycopg import Connection

from shared.postgres import Store, load_queries


class Shares(Store):
    """The shares of a work by their names; whoever makes one of these is counted for as long as its connection lasts.

    Of n shares, each of m processes gets n / m; the odd ones go to the first by process id. A process keeps what it has
    as far as it may, so that one that comes or goes moves no more than it must. The connection is in autocommit; once
    it is lost, so are its shares, and whatever is asked raises psycopg.Error.
    """

    queries = load_queries(Path(__file__).with_name("shares.sql"))

    def __init__(self, connection: Connection[Any], work: str, names: Sequence[str]) -> None:
        super().__init__(connection)
        self._work = work
        self._names = list(names)
        self.fetch_one("join", {"work": work})

    def divide(self, in_use: Collection[str]) -> frozenset[str]:
        """Take what is free and due to this process; the shares that are its own from now on.

        in_use: those that it is still at work on. One of them that it is not to have any more stays locked until it is
        asked again and works on it no longer.
        """
        rows = self.fetch_all("holders", {"work": self._work, "names": self._names})
        due = _due(len(self._names), [row for row in rows if not row["share"]])
        held = {row["share"] for row in rows if row["share"]}
        own = {row["share"] for row in rows if row["share"] and row["own"]}
        by_use = sorted(self._names, key=lambda name: name not in in_use)  # stable: else as they are named
        keeps = [name for name in by_use if name in own][:due]
        self._release(own.difference(keeps, in_use))
        takes = [name for name in by_use if name not in held][: due - len(keeps)]
        return frozenset(keeps).union(name for name in takes if self._take(name))

    def end_stalled(self) -> None:
        """What a process holds by a transaction is held by its locks there as well; so a frozen one loses both."""
        self.fetch_all("end_stalled")

    def _take(self, name: str) -> bool:
        row = self.fetch_one("take", {"work": self._work, "name": name})
        return bool(row and row["taken"])

    def _release(self, names: Collection[str]) -> None:
        if names:
            self.fetch_all("release", {"work": self._work, "names": list(names)})


def _due(shares: int, members: list[dict[str, Any]]) -> int:
    """How many of them this process gets."""
    each, odd = divmod(shares, len(members))
    place = sorted(members, key=lambda member: int(member["pid"])).index(next(row for row in members if row["own"]))
    return each + (place < odd)
