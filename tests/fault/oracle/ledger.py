"""The funds' books: each booking stands there once, in balance and told once, and the sums are those of the deeds."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from tests.fault.oracle.account import INVOICE, Account
from tests.fault.oracle.comparing import differences

MOVES = {
    "contribution": ("contribution", "unassigned"),
    "budget": ("unassigned", "available"),
    "commitment": ("available", "commitment"),
    "spending": ("commitment", "spent"),
    "release": ("commitment", "available"),
    "advance": ("available", "advance"),
    "repayment": ("advance", "available"),
    "write_off": ("advance", "spent"),
}
"""From which kind of account to which each kind of booking moves money."""
OWES = {"contribution"}
"""The kind of account that is below nothing, where the others never are."""


def ledger(account: Account) -> Iterator[str]:
    """Bookings by people and by invoices, their events, and what stands on the accounts."""
    entries = account.stores.aftercare.entries
    yield from differences(
        "aftercare.entries",
        ((deed.about, deed.kind, deed.amount) for deed in account.deeds("book")),
        ((row.entry_id, row.kind, row.amount) for row in entries if row.invoice is None),
    )
    yield from differences(
        "aftercare.invoices",
        ((sent.user, sent.invoice, "spending", sent.amount) for sent in account.right if sent.type == INVOICE),
        (
            (account.user_of(row.invoiced_by), row.invoice, row.kind, row.amount)
            for row in entries
            if row.invoiced_by is not None
        ),
    )
    yield from differences(
        "reporting.journal ledger-entries.booked",
        ((row.about or row.entry_id, row.entry_id, row.kind) for row in entries),
        account.told("ledger-entries.booked.v1", "entryId", "kind"),
    )
    yield from _balances(account)
    yield from _sums(account)


def _balances(account: Account) -> Iterator[str]:
    for entry in account.stores.aftercare.entries:
        if Decimal(entry.off):
            yield f"ledger: entry {entry.entry_id} is out of balance by {entry.off}"
    for row in account.stores.aftercare.balances:
        if Decimal(row.balance) != Decimal(row.postings):
            yield f"ledger: {row.kind} of {row.of} has {row.balance}, its postings add up to {row.postings}"
        if (Decimal(row.balance) > 0) if row.kind in OWES else (Decimal(row.balance) < 0):
            yield f"ledger: {row.kind} of {row.of} is overdrawn at {row.balance}"


def _sums(account: Account) -> Iterator[str]:
    """What all that was told to be done, and all invoices that were accepted, leave on each kind of account."""
    should: dict[str, Decimal] = defaultdict(Decimal)
    moved = [(deed.kind, deed.amount) for deed in account.deeds("book")]
    moved += [("spending", sent.amount) for sent in account.right if sent.type == INVOICE]
    for kind, amount in moved:
        source, goal = MOVES[kind or ""]
        should[source] -= Decimal(amount or 0)
        should[goal] += Decimal(amount or 0)
    does: dict[str, Decimal] = defaultdict(Decimal)
    for row in account.stores.aftercare.balances:
        does[row.kind] += Decimal(row.balance)
    for kind in sorted(should.keys() | does.keys()):
        if should[kind] != does[kind]:
            yield f"sums: ledger: {kind} has {does[kind]} and should have {should[kind]}"
