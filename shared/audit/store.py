"""The tables of the audit log and its seals."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import orjson

from shared.audit.rules import Concerned, Deed, Row, Seal
from shared.postgres import Store, as_row, load_queries

MOST_REFUSALS = 50
"""So many refusals of one caller, operation, status and hour have an entry each."""
SEALS_AT_ONCE = 255
NEVER = 2**63 - 1
"""After every transaction."""


class Transactions(NamedTuple):
    """The numbers of the oldest running transaction and of the next one, at a moment."""

    oldest: int
    next: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """How far the check of the log is. The pass in hand: when it began, the number of its last seal, its findings.

    The last whole pass: when it ended, None before the first; found: its findings.
    """

    began_at: datetime
    seal: int = 0
    findings: int = 0
    finished_at: datetime | None = None
    found: int = 0

    @property
    def since(self) -> datetime:
        """When the last whole pass ended; before the first, when it began."""
        return self.finished_at or self.began_at

    @property
    def known(self) -> int:
        """The findings that are known: those of the last whole pass, or of the pass in hand if it has more."""
        return max(self.findings, self.found)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """An entry of the log as it is read. status: below 400 it was done, else refused.

    refusals: for how many of them it stands; None if it is about one request.
    """

    id: int
    at: datetime
    action: str
    operation: str
    object_kind: str
    object_id: str
    case_id: UUID | None
    status: int
    actor: str
    actor_name: str
    organisation: str
    origin: str
    correlation_id: UUID
    standing_in_for: str | None
    refusals: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries of a house are asked for; what is None does not matter. before: the id of a newer entry.

    theme_roles: also those on objects of sealed themes, whose kinds begin with `sealed-`, by actors that had none but
    these functions for sealed themes.
    """

    house: str
    case_id: UUID | None = None
    actor: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None
    theme_roles: list[str] = field(default_factory=list)


class AuditStore(Store):
    """One method per query. The service's role can add and read, and change nothing."""

    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def add(self, deed: Deed, concerned: Sequence[Concerned], status: int) -> None:
        """Add an entry for each object, with one statement."""
        objects = orjson.dumps([each._asdict() for each in concerned]).decode()
        self.execute("add", as_row(deed) | {"concerned": objects, "status": status})

    def add_refusal(self, deed: Deed, asked: Concerned, status: int) -> None:
        """Add an entry for what was refused; after MOST_REFUSALS of a kind in an hour it is only counted."""
        about = {"kind": asked.kind, "id": asked.id, "case_id": asked.case_id, "status": status}
        self.execute("add_refusal", as_row(deed) | about | {"most": MOST_REFUSALS})

    def close_hours(self) -> None:
        """Add an entry for what was only counted in each hour that is over."""
        self.execute("close_hours", {"most": MOST_REFUSALS})

    def entries(self, wanted: Wanted, limit: int) -> list[EntryRow]:
        """The newest entries that are wanted. Planned for these values, each of which has an index."""
        return self.fetch_all("entries", as_row(wanted) | {"limit": limit}, EntryRow, prepare=False)

    def delete_old(self, *, days: int, limit: int) -> None:
        """Delete the oldest entries of this age, and none that is younger than a year."""
        self.execute("delete_old", {"days": days, "limit": limit})

    def last_seal(self) -> Seal | None:
        """The newest seal, without its rows and digests."""
        return self.fetch_one("last_seal", None, Seal)

    def transactions(self) -> Transactions:
        found = self.fetch_one("transactions", None, Transactions)
        assert found
        return found

    def until(self, since: int, oldest: int, most: int) -> int:
        """Before which transaction a seal over about `most` rows ends. since: the transaction that it begins with."""
        row = self.fetch_one("whole_transactions", {"since": since, "oldest": oldest, "most": most})
        assert row
        return int(row["until"])

    def rows_between(self, since: int, until: int) -> list[Row]:
        return list(self.fetch_all("rows_between", {"since": since, "until": until}))

    def rows_in_no_seal(self, oldest: int, next: int = NEVER) -> list[Row]:
        """The rows that no seal holds of transactions before `oldest`, or from `next` on."""
        return list(self.fetch_all("rows_in_no_seal", {"oldest": oldest, "next": next}))

    def add_seal(self, seal: Seal) -> None:
        self.execute("add_seal", as_row(seal))

    def seals_after(self, number: int, most: int) -> list[Seal]:
        """The next seals, in order, that hold about `most` rows, and SEALS_AT_ONCE at most."""
        found: list[Seal] = []
        limit = 1
        while sum(len(seal.rows) for seal in found) < most and len(found) < SEALS_AT_ONCE:
            after = {"number": found[-1].number if found else number, "limit": limit}
            page = self.fetch_all("seals_after", after, Seal)
            found += page
            if len(page) < limit:
                break
            limit *= 2  # seals of a quiet hour hold a row or two, seals of a busy one a thousand
        return found

    def seal(self, number: int) -> Seal | None:
        """A seal, without its rows and digests."""
        return self.fetch_one("seal", {"number": number}, Seal)

    def rows_of(self, seals: Sequence[Seal]) -> dict[int, Row]:
        """The rows of these seals that are there, by id."""
        ids = [id for seal in seals for id in seal.rows]
        return {row["id"]: row for row in self.fetch_all("rows_of", {"ids": ids})}

    def inserted_later(self, ranges: Sequence[tuple[int, int]], seals: Sequence[Seal]) -> list[int]:
        """The ids of rows in no seal. ranges: of transactions, from one up to another, all of whose rows are sealed.

        seals: those of these ranges.
        """
        ids = [id for seal in seals for id in seal.rows]
        asked = {"since": [since for since, _ in ranges], "until": [until for _, until in ranges], "ids": ids}
        return [row["id"] for row in self.fetch_all("inserted_later", asked)]

    def checked(self) -> Checked:
        """How far the check is."""
        return self.fetch_one("checked", None, Checked) or Checked(began_at=self.transactions().at)

    def keep_checked(self, checked: Checked) -> None:
        self.execute("keep_checked", as_row(checked))

    def waiting(self, since: int) -> int:
        """The number of rows that wait for a seal. since: `until` of the last one."""
        row = self.fetch_one("waiting", {"since": since})
        assert row
        return int(row["rows"])
