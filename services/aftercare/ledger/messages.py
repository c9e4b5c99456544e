"""What people book and look up, and what is announced of an entry."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self
from uuid import UUID

from services.aftercare.ledger.rules import AccountKind, Booking, Entry, EntryKind, Posting
from services.aftercare.money.messages import Euros, EurosAsText
from shared.bounds import Line, Text
from shared.days import HouseDay
from shared.postgres import as_row
from shared.web import PageQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingCommand:
    """Base of the commands that book something. `decision` names the decision behind it; no names of persons in it."""

    booked_on: HouseDay
    decision: Line

    def booking(self, booked_by: str, because: str | None = None) -> Booking:
        return Booking(booked_on=self.booked_on, booked_by=booked_by, decision=self.decision, because=because)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookAmount(BookingCommand):
    """An amount that is booked on a decision; no names of persons in it."""

    amount: Euros


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectEntry(BookingCommand):
    """The day and the decision on which an entry is undone, and why; no names of persons in it."""

    because: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesQuery(PageQuery):
    """`about`: a commitment or an advance."""

    fund: str | None = None
    year: int | None = None
    kind: EntryKind | None = None
    about: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingView(Posting):
    """An amount that comes onto an account; below zero when it leaves the account."""

    amount: Euros


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """`postings` add up to zero. `about` is the commitment or advance that the entry made or changed.

    `corrects`: the entry that it undoes. `because`: why something was undone, revised or written off.
    """

    entry_id: UUID
    kind: EntryKind
    about: UUID | None
    corrects: UUID | None
    booked_on: date
    booked_by: str
    decision: str
    because: str | None
    postings: tuple[PostingView, ...]

    @classmethod
    def made_of(cls, entry: Entry) -> Self:
        """The entry as people get it."""
        return cls(
            entry_id=entry.entry_id,
            kind=entry.kind,
            about=entry.about,
            corrects=entry.corrects,
            booked_on=entry.booking.booked_on,
            booked_by=entry.booking.booked_by,
            decision=entry.booking.decision,
            because=entry.booking.because,
            postings=tuple(PostingView(**as_row(posting)) for posting in entry.postings),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEntry(EntryView):
    """`correctedBy`: the entry that undid it."""

    fund: str
    year: int
    corrected_by: UUID | None
    booked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedPosting:
    """An amount that comes onto an account, in euros; below zero when it leaves the account.

    `about` is the commitment or advance.
    """

    kind: AccountKind
    line: str | None = None
    municipality: str | None = None
    about: UUID | None = None
    amount: EurosAsText


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntryBooked:
    """`ledger-entries.booked.v1`: an entry was booked in a year of a fund. `postings` add up to zero.

    `about` is the commitment or advance, `corrects` the entry that this one undoes.
    """

    entry_id: UUID
    fund: str
    year: int
    booked_on: date
    kind: EntryKind
    about: UUID | None = None
    corrects: UUID | None = None
    postings: tuple[BookedPosting, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoFinancingShortfallForeseen:
    """`co-financing-shortfalls.foreseen.v1`: the co-financing no longer covers what is committed.

    `short`: what municipalities must still bring in, in euros, if all that is committed is spent.
    """

    entry_id: UUID
    fund: str
    year: int
    booked_on: date
    short: EurosAsText
