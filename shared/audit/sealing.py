"""Seals the audit log, and checks rows and seals.

A row is sealed once every transaction is finished that was running when it was written: then no row can come before it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from psycopg import Connection

from shared.audit.rules import Seal, broken_links, broken_rows, seal
from shared.audit.store import AuditStore, Checked

MOST_ROWS = 1000
"""About so many rows are held by one seal, always whole transactions, and gone over at once by a check."""


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
    """Goes over seals and rows, in the order of the seals. last: the last seal that it saw."""

    def __init__(self, connection: Connection[Any], *, days: int, kept: str | None = None) -> None:
        """days: older rows may be gone. kept: a seal as it was printed once, `17:9f3c…`."""
        self._store = AuditStore(connection)
        self._days = days
        self._kept = kept
        self.last: Seal | None = None
        self.rows = self.waiting = 0

    def findings(self) -> Iterator[str]:
        """Everything that somebody changed, in words; nothing if all is as it was written.

        For a transaction that sees one state of rows and seals.
        """
        was_kept = self._kept is None
        while seals := self._store.seals_after(self.last.number if self.last else 0, MOST_ROWS):
            yield from self._findings_of(seals)
            was_kept = was_kept or any(str(each) == self._kept for each in seals)
        if not was_kept:
            yield f"seal {self._kept} is not in the chain: the seal was written anew, or the chain was cut off"
        self.waiting = self._store.waiting(self.last.until if self.last else 0)

    def step(self) -> tuple[list[str], Checked]:
        """Go over the next seals, about MOST_ROWS of their rows, from where the last step ended.

        At the end of the chain a pass is whole, and the next step begins another. Where it is stands in the database.
        Gives the findings of this step, and how far the check is.
        """
        at = self._store.checked()
        self.last = self._store.seal(at.seal)
        is_lost = bool(at.seal) and self.last is None
        seals = [] if is_lost else self._store.seals_after(at.seal, MOST_ROWS)
        found = [f"seal {at.seal} is missing: it was there a moment ago"] if is_lost else []
        found += self._findings_of(seals)
        if seals:
            now = replace(at, seal=seals[-1].number, findings=at.findings + len(found))
        else:
            moment = self._store.transactions().at
            now = Checked(began_at=moment, finished_at=moment, found=at.findings + len(found))
        self._store.keep_checked(now)
        return found, now

    def _findings_of(self, seals: Sequence[Seal]) -> Iterator[str]:
        """What is wrong with seals that follow the last one, and with the rows of their transactions."""
        transactions, newest = self._store.transactions(), self._store.last_seal()
        rows, ranges = self._store.rows_of(seals), []
        for each in seals:
            yield from broken_links(each, self.last)
            yield from broken_rows(each, rows, transactions.at - timedelta(days=self._days))
            since = self.last.until if self.last else 0
            if newest and since < min(each.until, newest.until):
                ranges.append((since, min(each.until, newest.until)))
            self.last = each
        self.rows += len(rows)
        if newest and transactions.oldest >= newest.until:  # else the data were restored, and are to be sealed yet
            yield from (f"row {id} was inserted later" for id in self._store.inserted_later(ranges, seals))
