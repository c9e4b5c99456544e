"""Commitments, over HTTP: what is promised to providers, paid and given back.

Money moves by commands with a key: a command that is sent again moves nothing.
"""

from uuid import UUID, uuid4

from services.aftercare.access import COMMIT, RELEASE, SEE_FUNDS, SPEND
from services.aftercare.commitments import handlers, lookups
from services.aftercare.commitments.messages import CommitmentsQuery, CommitmentView, MakeCommitment
from services.aftercare.commitments.rules import Commitment
from services.aftercare.house import House
from services.aftercare.ledger.messages import BookAmount, EntryView
from services.aftercare.ledger.rules import FundYearKey
from shared.unit import Lookup, Unit
from shared.web import Call, Page, command, lookup


@lookup(action=SEE_FUNDS, query=CommitmentsQuery, gives=CommitmentView, paged=True)
def commitments(call: Call[CommitmentsQuery], unit: Lookup[House]) -> Page[CommitmentView]:
    """Commitments in the order in which they were made."""
    return lookups.commitments(call.house, call.input, unit)


@command(action=COMMIT, takes=MakeCommitment, gives=EntryView, status=201, keyed=True)
def commit(call: Call[MakeCommitment], unit: Unit[House], fund: str, year: int) -> EntryView:
    """Commit a part of a budget line to a provider."""
    wanted = call.input
    commitment = Commitment(
        commitment_id=uuid4(),
        line=wanted.line,
        provider=wanted.provider,
        municipality=wanted.municipality,
        assignment_id=wanted.assignment_id,
        needs=wanted.needs,
    )
    key, booking = FundYearKey(call.house, fund, year), wanted.booking(call.caller.name)
    return EntryView.made_of(handlers.commit(key, commitment, wanted.amount, booking, unit))


@command(action=SPEND, takes=BookAmount, gives=EntryView, status=201, keyed=True)
def spend(call: Call[BookAmount], unit: Unit[House], commitment_id: UUID) -> EntryView:
    """Pay a part of a commitment."""
    booking = call.input.booking(call.caller.name)
    return EntryView.made_of(handlers.spend(call.house, commitment_id, call.input.amount, booking, unit))


@command(action=RELEASE, takes=BookAmount, gives=EntryView, status=201, keyed=True)
def release(call: Call[BookAmount], unit: Unit[House], commitment_id: UUID) -> EntryView:
    """Give a part of a commitment back to the budget line."""
    booking = call.input.booking(call.caller.name)
    return EntryView.made_of(handlers.release(call.house, commitment_id, call.input.amount, booking, unit))
