"""Divides shares of a work among its running processes, by session-level advisory locks."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from psycopg import Connection

from shared.postgres import Store, load_queries


class Shares(Store):
    """The shares of a work, for one process. The process takes part in the division until its connection ends.

    With 16 shares, 3 processes get 6, 5 and 5, the first by backend process id. A process keeps its shares as far as
    possible, so that few shares move when a process starts or ends. The connection is in autocommit; when it is lost,
    the shares are free, and all methods raise psycopg.Error.
    """

    queries = load_queries(Path(__file__).with_name("shares.sql"))

    def __init__(self, connection: Connection[Any], work: str, names: Sequence[str]) -> None:
        super().__init__(connection)
        self._work = work
        self._names = list(names)
        self.fetch_one("join", {"work": work})

    def divide(self, in_use: Collection[str]) -> frozenset[str]:
        """Take and release shares by the number of processes. Returns this process's shares from now on.

        in_use: the shares that the process is working on. If such a share is to be released, it is not returned, but
        stays locked until a later call without the share in `in_use`.
        """
        rows = self.fetch_all("holders", {"work": self._work, "names": self._names})
        due = _due(len(self._names), [row for row in rows if not row["share"]])
        held = {row["share"] for row in rows if row["share"]}
        own = {row["share"] for row in rows if row["share"] and row["own"]}
        by_use = sorted(self._names, key=lambda name: name not in in_use)  # a stable sort: otherwise in the given order
        keeps = [name for name in by_use if name in own][:due]
        self._release(own.difference(keeps, in_use))
        takes = [name for name in by_use if name not in held][: due - len(keeps)]
        return frozenset(keeps).union(name for name in takes if self._take(name))

    def end_stalled(self) -> None:
        """End the sessions of hanging processes, so that they lose the locks of their shares and transactions."""
        self.fetch_all("end_stalled")

    def _take(self, name: str) -> bool:
        row = self.fetch_one("take", {"work": self._work, "name": name})
        return bool(row and row["taken"])

    def _release(self, names: Collection[str]) -> None:
        if names:
            self.fetch_all("release", {"work": self._work, "names": list(names)})


def _due(shares: int, members: list[dict[str, Any]]) -> int:
    """The number of shares for this process."""
    quotient, remainder = divmod(shares, len(members))
    place = sorted(members, key=lambda member: int(member["pid"])).index(next(row for row in members if row["own"]))
    return quotient + (place < remainder)
