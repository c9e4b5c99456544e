from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.aftercare.commitments.rules import Commitment, commitment_postings, spending_postings, spent_on
from services.aftercare.funds.rules import budget_postings
from services.aftercare.ledger.rules import (
    AlreadyCorrected,
    Booking,
    Entry,
    EntryKind,
    NotForCorrection,
    Overdrawn,
    Posting,
    available_on,
    balances_after,
    co_financing_of,
    correct,
)

COMMITMENT = Commitment(commitment_id=UUID(int=1), line="trajectories", provider="goodwork")
LINE = available_on("trajectories")
BOOKING = Booking(booked_on=date(2015, 3, 4), booked_by="somebody", decision="B-1")
cents = st.integers(1, 10**9).map(lambda number: Decimal(number) / 100)


def entry(*postings: Posting, kind: EntryKind = EntryKind.COMMITMENT) -> Entry:
    return Entry(entry_id=UUID(int=9), kind=kind, booking=BOOKING, postings=postings)


@given(cents, cents)
def test_an_account_gives_what_it_has_and_no_more(has: Decimal, gives: Decimal) -> None:
    promised = entry(*commitment_postings(COMMITMENT, gives))
    if gives > has:
        with pytest.raises(Overdrawn, match=f"is € {gives - has} more than is available on the line"):
            balances_after(promised, {LINE: has})
    else:
        after = balances_after(promised, {LINE: has})
        assert after[LINE] == has - gives
        assert sum(after.values()) == has


def test_spending_comes_out_of_the_commitment() -> None:
    after = balances_after(entry(*commitment_postings(COMMITMENT, Decimal(10))), {LINE: Decimal(10)})
    assert balances_after(entry(*spending_postings(COMMITMENT, Decimal(4))), after)[spent_on(COMMITMENT)] == 4
    with pytest.raises(Overdrawn, match="is left of the commitment"):
        balances_after(entry(*spending_postings(COMMITMENT, Decimal("10.01"))), after)


def test_a_correction_is_the_counter_entry_and_comes_once() -> None:
    first = entry(*budget_postings("trajectories", Decimal(10)), kind=EntryKind.BUDGET)
    counter = correct(first, uuid4(), BOOKING, is_corrected=False)
    assert (counter.kind, counter.corrects) == (EntryKind.CORRECTION, first.entry_id)
    assert [posting.amount for posting in counter.postings] == [10, -10]
    with pytest.raises(AlreadyCorrected):
        correct(first, uuid4(), BOOKING, is_corrected=True)
    with pytest.raises(NotForCorrection):
        correct(counter, uuid4(), BOOKING, is_corrected=False)


def test_a_part_of_a_cent_less_would_not_be_enough() -> None:
    assert co_financing_of(Decimal("0.05"), Decimal(25)) == Decimal("0.02")
