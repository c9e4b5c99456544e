"""The ledger of the funds: accounts, entries and postings. Amounts are Decimal, in euros."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from services.aftercare.ledger.messages import EntriesQuery, ListedEntry, PostingView
from services.aftercare.ledger.rules import (
    AccountKind,
    Booking,
    Closing,
    Entry,
    EntryKind,
    FundYearKey,
    LedgerAccount,
    LineStanding,
    Posting,
    Terms,
    UnknownEntry,
)
from shared.postgres import as_row, load_queries
from shared.sealed_texts import About, StoreWithTexts

ANY_ENTRY = dict.fromkeys(("entry_id", "fund", "year", "kind", "about", "after", "limit"))
"""The parameters of the query, each of which may be left open."""


class LedgerStore(StoreWithTexts):
    queries = load_queries(Path(__file__).with_name("queries.sql"))
    sealed_columns = ("because",)

    def lock_year(self, key: FundYearKey) -> bool:
        """Wait for any transaction that books in the year; from then on this one alone does.

        Returns False if the year is closed.
        """
        self.execute("open_year", key._asdict())
        locked = self.fetch_one("lock_year", key._asdict())
        return locked is not None and locked["closed_on"] is None

    def closing(self, key: FundYearKey) -> Closing | None:
        """The closing of the year, if it is closed."""
        return self.fetch_one("closing", key._asdict(), _closing)

    def balances(self, key: FundYearKey) -> dict[LedgerAccount, Decimal]:
        return dict(self.fetch_all("balances", key._asdict(), _balance))

    def add_entry(self, key: FundYearKey, entry: Entry) -> None:
        """The entry with its accounts and postings."""
        which = key._asdict() | {"entry_id": entry.entry_id}
        about = {"kind": entry.kind, "about": entry.about, "corrects": entry.corrects}
        booking = self._sealed(About(key.house, entry.entry_id), as_row(entry.booking))
        self.execute("add_entry", which | about | booking)
        columns = _columns(entry.postings)
        self.execute("add_accounts", which | columns)
        self.execute("add_postings", which | columns)

    def entries(self, house: str, query: EntriesQuery) -> list[ListedEntry]:
        """A page, in the order of booking; one more than the page holds, if there is a next page."""
        return self._found(house, **as_row(query) | {"after": query.cursor, "limit": query.limit + 1})

    def listed_entry(self, house: str, entry_id: UUID) -> ListedEntry | None:
        found = self._found(house, entry_id=entry_id)
        return found[0] if found else None

    def entry(self, house: str, entry_id: UUID) -> tuple[FundYearKey, Entry]:
        """The entry with the year in which it is booked. Raises UnknownEntry."""
        listed = self.listed_entry(house, entry_id)
        if not listed:
            raise UnknownEntry
        entry = Entry(
            entry_id=entry_id,
            kind=listed.kind,
            booking=Booking(
                booked_on=listed.booked_on,
                booked_by=listed.booked_by,
                decision=listed.decision,
                because=listed.because,
            ),
            postings=listed.postings,
            about=listed.about,
            corrects=listed.corrects,
        )
        return FundYearKey(house, listed.fund, listed.year), entry

    def is_corrected(self, entry_id: UUID) -> bool:
        return self.fetch_one("is_corrected", {"entry_id": entry_id}) is not None

    def is_revised(self, entry_id: UUID) -> bool:
        """Whether a later allotment stands in place of this one."""
        return self.fetch_one("is_revised", {"entry_id": entry_id}) is not None

    def lines_standing(self, house: str) -> list[LineStanding]:
        """What is available, committed and spent of each budget line, in each year."""
        return self.fetch_all("lines_standing", {"house": house}, _line_standing)

    def _found(self, house: str, **wanted: object) -> list[ListedEntry]:
        return self.fetch_all("entries", ANY_ENTRY | {"house": house} | wanted, _listed_entry)


def _closing(*, closed_on: date, co_financing_percent: Decimal | None, lines: list[str] | None) -> Closing:
    """The terms are null in a year that was closed before they were kept."""
    if co_financing_percent is None or lines is None:
        return Closing(closed_on=closed_on, terms=None)
    terms = Terms(co_financing_percent=co_financing_percent, lines=tuple(lines))
    return Closing(closed_on=closed_on, terms=terms)


def _account(*, kind: str, line: str | None, municipality: str | None, about: UUID | str | None) -> LedgerAccount:
    """about: a text where it comes out of JSON."""
    return LedgerAccount(AccountKind(kind), line, municipality, UUID(about) if isinstance(about, str) else about)


def _balance(*, balance: Decimal, **account: Any) -> tuple[LedgerAccount, Decimal]:
    return _account(**account), balance


def _listed_entry(*, house: str, kind: str, postings: Iterable[Mapping[str, Any]], **columns: Any) -> ListedEntry:
    return ListedEntry(kind=EntryKind(kind), postings=tuple(_posting(**posting) for posting in postings), **columns)


def _posting(*, amount: str, **account: Any) -> PostingView:
    return PostingView(account=_account(**account), amount=Decimal(amount))


def _line_standing(*, kind: str, **columns: Any) -> LineStanding:
    return LineStanding(kind=AccountKind(kind), **columns)


def _columns(postings: Sequence[Posting]) -> dict[str, list[object]]:
    return {
        "kinds": [posting.account.kind for posting in postings],
        "lines": [posting.account.line for posting in postings],
        "municipalities": [posting.account.municipality for posting in postings],
        "abouts": [posting.account.about for posting in postings],
        "amounts": [posting.amount for posting in postings],
    }
