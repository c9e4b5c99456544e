"""Seals the audit log, and checks rows and seals.

A row is sealed once every transaction is finished that was running when it was written: then no row can come before it.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from psycopg import Connection

from shared.audit.rules import Seal, broken_links, broken_rows, seal
from shared.audit.store import AuditStore

MOST_ROWS = 1000
"""About so many rows are held by one seal: always whole transactions."""


class Sealing:
    """The seals of a service's audit log, by a connection in autocommit."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._store = AuditStore(connection)

    def step(self) -> Seal | None:
        """Add one seal, if there are rows for it."""
        last, transactions = self._store.last_seal(), self._store.transactions()
        since = last.until if last else 0
        if transactions.oldest < since:
            # The counter went back: the data were restored into another cluster, and the chain goes on there.
            until = transactions.oldest
            rows = self._store.rows_in_no_seal(transactions.oldest, transactions.next)
        else:
            until = self._store.until(since, transactions.oldest, MOST_ROWS)
            rows = self._store.rows_between(since, until)
        if not rows:
            return None
        added = seal(rows, last, until, transactions.at)
        self._store.add_seal(added)
        return added


class Check:
    """One pass over rows and seals, in a transaction that sees one state of both. last: the last seal that it saw."""

    def __init__(self, connection: Connection[Any], *, days: int, kept: str | None = None) -> None:
        """days: older rows may be gone. kept: a seal as it was printed once, `17:9f3c…`."""
        self._store = AuditStore(connection)
        self._days = days
        self._kept = kept
        self.last: Seal | None = None
        self.rows = self.waiting = 0

    def findings(self) -> Iterator[str]:
        """Everything that somebody changed, in words; nothing if all is as it was written."""
        transactions = self._store.transactions()
        kept_since = transactions.at - timedelta(days=self._days)
        was_kept = self._kept is None
        for each in self._store.seals():
            yield from broken_links(each, self.last)
            rows = self._store.rows_of(each)
            yield from broken_rows(each, rows, kept_since)
            self.rows += len(rows)
            was_kept = was_kept or str(each) == self._kept
            self.last = each
        if not was_kept:
            yield f"seal {self._kept} is not in the chain: the seal was written anew, or the chain was cut off"
        yield from self._inserted(transactions.oldest)

    def _inserted(self, oldest: int) -> Iterator[str]:
        """Rows in no seal, though the seals hold all rows of their transactions."""
        until = self.last.until if self.last else 0
        if oldest >= until:
            yield from (f"row {row['id']} was inserted later" for row in self._store.rows_in_no_seal(until))
        self.waiting = self._store.waiting(until)
