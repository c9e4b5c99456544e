"""The coordinator promises providers money, and pays it or gives it back."""

from decimal import Decimal
from uuid import UUID

from services.aftercare.commitments import rules
from services.aftercare.commitments.rules import Commitment, StandingCommitment, UnknownCommitment
from services.aftercare.commitments.store import CommitmentStore
from services.aftercare.house import House
from services.aftercare.ledger.handlers import book, open_year
from services.aftercare.ledger.rules import Booking, Entry, EntryKind, FundYearKey
from shared.unit import Unit


def commit(key: FundYearKey, commitment: Commitment, amount: Decimal, booking: Booking, unit: Unit[House]) -> Entry:
    """Promise a provider so much of a line. If two callers compete for the remaining budget, one succeeds."""
    year, store = open_year(key, unit), unit.store(CommitmentStore)
    commitment = rules.check(commitment, year)
    if commitment.assignment_id:
        rules.check_assignment(commitment, store.assignment(key.house, commitment.assignment_id), year.house)
    store.add_commitment(key, commitment)
    postings = rules.commitment_postings(commitment, amount)
    return book(year, EntryKind.COMMITMENT, postings, booking, unit, about=commitment.commitment_id)


def spend(house: str, commitment_id: UUID, amount: Decimal, booking: Booking, unit: Unit[House]) -> Entry:
    """Pay a part of a commitment."""
    commitment = _commitment(house, commitment_id, unit)
    year = open_year(commitment.key(house), unit)
    postings = rules.spending_postings(commitment, amount)
    return book(year, EntryKind.SPENDING, postings, booking, unit, about=commitment_id)


def release(house: str, commitment_id: UUID, amount: Decimal, booking: Booking, unit: Unit[House]) -> Entry:
    """Give a part of what was promised back to the line."""
    commitment = _commitment(house, commitment_id, unit)
    year = open_year(commitment.key(house), unit)
    postings = rules.release_postings(commitment, amount)
    return book(year, EntryKind.RELEASE, postings, booking, unit, about=commitment_id)


def _commitment(house: str, commitment_id: UUID, unit: Unit[House]) -> StandingCommitment:
    commitment = unit.store(CommitmentStore).commitment(house, commitment_id)
    if not commitment:
        raise UnknownCommitment
    return commitment
