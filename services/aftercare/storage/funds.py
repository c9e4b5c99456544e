"""The funds' ledger. Amounts are Decimal, in euros."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.aftercare.domain import scenarios
from services.aftercare.domain.funds import Allotment, Applicant
from services.aftercare.domain.ledger import (
    Account,
    AccountKind,
    Advance,
    Booked,
    Commitment,
    Entry,
    EntryKind,
    FundYearOf,
    Instalment,
    Posting,
)
from shared.postgres import Store, as_row

ANY_ENTRY: Mapping[str, Any] = dict.fromkeys(("entry_id", "fund", "year", "kind", "about", "after", "limit"))
ANY_COMMITMENT: Mapping[str, Any] = dict.fromkeys(
    ("commitment_id", "assignment_id", "fund", "year", "line", "after", "limit")
)
ANY_ADVANCE: Mapping[str, Any] = dict.fromkeys(("advance_id", "case_id", "after", "limit"))
OF_COMMITMENT = ("commitment_id", "line", "provider", "municipality", "assignment_id", "needs")


class FundStore(Store):
    """The queries of funds.sql."""

    def open_year(self, of: FundYearOf) -> None:
        self.execute("open_year", of._asdict())

    def lock_year(self, of: FundYearOf) -> dict[str, Any] | None:
        """Waits for whoever books in it; then this transaction alone does."""
        return self.fetch_one("lock_year", of._asdict())

    def close_year(self, of: FundYearOf, booked: Booked) -> None:
        self.execute("close_year", of._asdict() | as_row(booked))

    def closing(self, of: FundYearOf) -> dict[str, Any] | None:
        return self.fetch_one("closing", of._asdict())

    def balances(self, of: FundYearOf) -> dict[Account, Decimal]:
        rows = self.fetch_all("balances", of._asdict())
        return {_account(row): row["balance"] for row in rows}

    def add_entry(self, of: FundYearOf, entry: Entry) -> None:
        """The entry with its accounts and postings."""
        which = of._asdict() | {"entry_id": entry.entry_id}
        about = {"kind": entry.kind, "about": entry.about, "corrects": entry.corrects}
        self.execute("add_entry", which | about | as_row(entry.booked))
        columns = _columns(entry.postings)
        self.execute("add_accounts", which | columns)
        self.execute("add_postings", which | columns)

    def entries(self, house: str, **wanted: Any) -> list[dict[str, Any]]:
        """wanted: entry_id, fund, year, kind, about, limit, after (the last entry of the page before)."""
        rows = self.fetch_all("entries", {**ANY_ENTRY, "house": house, **wanted})
        return [row | {"kind": EntryKind(row["kind"]), "postings": _postings(row["postings"])} for row in rows]

    def is_corrected(self, entry_id: UUID) -> bool:
        return self.fetch_one("is_corrected", {"entry_id": entry_id}) is not None

    def entry(self, house: str, entry_id: UUID) -> tuple[FundYearOf, Entry] | None:
        """With the year in which it is booked."""
        found = self.entries(house, entry_id=entry_id)
        if not found:
            return None
        [row] = found
        booked = Booked(booked_on=row["booked_on"], booked_by=row["booked_by"], decision=row["decision"])
        entry = Entry(
            entry_id=entry_id,
            kind=row["kind"],
            booked=booked,
            postings=row["postings"],
            about=row["about"],
            corrects=row["corrects"],
        )
        return FundYearOf(house, row["fund"], row["year"]), entry

    def add_allotments(self, entry_id: UUID, allotments: Iterable[Allotment]) -> None:
        rows = list(allotments)
        columns = {
            "municipalities": [each.municipality for each in rows],
            "outflows": [each.outflow for each in rows],
            "amounts": [each.amount for each in rows],
            "applicants": [each.applies for each in rows],
        }
        self.execute("add_allotments", {"entry_id": entry_id} | columns)

    def allotments(self, of: FundYearOf) -> list[Allotment]:
        rows = self.fetch_all("allotments", of._asdict())
        return [Allotment(**row | {"applies": Applicant(row["applies"])}) for row in rows]

    def add_commitment(self, of: FundYearOf, commitment: Commitment) -> None:
        self.execute("add_commitment", of._asdict() | as_row(commitment) | {"needs": list(commitment.needs)})

    def commitments(self, house: str, **wanted: Any) -> list[dict[str, Any]]:
        """wanted: commitment_id, assignment_id, fund, year, line, limit, after (the last of the page before)."""
        return self.fetch_all("commitments", {**ANY_COMMITMENT, "house": house, **wanted})

    def commitment(self, house: str, commitment_id: UUID) -> tuple[FundYearOf, Commitment] | None:
        found = self.commitments(house, commitment_id=commitment_id)
        if not found:
            return None
        [row] = found
        known = {name: row[name] for name in OF_COMMITMENT}
        return FundYearOf(house, row["fund"], row["year"]), Commitment(**known | {"needs": tuple(row["needs"])})

    def line_commitments(self, of: FundYearOf) -> list[tuple[str, scenarios.Commitment]]:
        """Each with its line."""
        rows = self.fetch_all("line_commitments", of._asdict())
        return [(row.pop("line"), _promised(row)) for row in rows]

    def lines_standing(self, house: str) -> list[dict[str, Any]]:
        """fund, year, line, kind of account, is_closed and amount."""
        return self.fetch_all("lines_standing", {"house": house})

    def invoice(self, house: str, partner: str, number: str) -> dict[str, Any] | None:
        return self.fetch_one("invoice", {"house": house, "partner": partner, "number": number})

    def add_invoice(self, house: str, partner: str, number: str, entry_id: UUID) -> None:
        self.execute("add_invoice", {"house": house, "partner": partner, "number": number, "entry_id": entry_id})

    def add_advance(self, of: FundYearOf, advance: Advance) -> None:
        self.execute("add_advance", of._asdict() | as_row(advance))
        days = [each.due_on for each in advance.instalments]
        amounts = [each.amount for each in advance.instalments]
        self.execute("add_instalments", {"advance_id": advance.advance_id, "days": days, "amounts": amounts})

    def advances(self, house: str, **wanted: Any) -> list[dict[str, Any]]:
        """wanted: advance_id, case_id, limit, after (the last of the page before). Each with its `instalments`."""
        rows = self.fetch_all("advances", {**ANY_ADVANCE, "house": house, **wanted})
        return [row | {"instalments": _instalments(row.pop("days"), row.pop("amounts"))} for row in rows]

    def advance(self, house: str, advance_id: UUID) -> tuple[FundYearOf, Advance] | None:
        found = self.advances(house, advance_id=advance_id)
        if not found:
            return None
        [row] = found
        of = FundYearOf(house, row.pop("fund"), row.pop("year"))
        del row["outstanding"]
        return of, Advance(**row)


def _account(row: Mapping[str, Any]) -> Account:
    about = row["about"]
    return Account(
        AccountKind(row["kind"]), row["line"], row["municipality"], UUID(about) if isinstance(about, str) else about
    )


def _postings(rows: Iterable[Mapping[str, Any]]) -> tuple[Posting, ...]:
    return tuple(Posting(_account(each), Decimal(each["amount"])) for each in rows)


def _columns(postings: Sequence[Posting]) -> dict[str, list[Any]]:
    return {
        "kinds": [each.account.kind for each in postings],
        "lines": [each.account.line for each in postings],
        "municipalities": [each.account.municipality for each in postings],
        "abouts": [each.account.about for each in postings],
        "amounts": [each.amount for each in postings],
    }


def _instalments(days: Iterable[Any], amounts: Iterable[Any]) -> tuple[Instalment, ...]:
    return tuple(Instalment(due_on=on, amount=amount) for on, amount in zip(days, amounts, strict=True))


def _promised(row: dict[str, Any]) -> scenarios.Commitment:
    spent = zip(row.pop("days"), row.pop("amounts"), strict=True)
    spendings = tuple(scenarios.Spending(on=on, amount=amount) for on, amount in spent)
    return scenarios.Commitment(**row, spendings=spendings)
