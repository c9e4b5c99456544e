"""A commitment: an amount of a budget line, promised to a provider, and then spent or released."""

from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from services.aftercare.assignments.rules import UnknownProvider
from services.aftercare.ledger.rules import (
    AccountKind,
    FundYearKey,
    LedgerAccount,
    OpenYear,
    Posting,
    available_on,
    move,
)
from services.aftercare.needs.rules import in_order
from services.aftercare.trajectories.rules import check_municipality
from shared.rules import UnknownObject


class UnknownCommitment(UnknownObject):
    field = "commitmentId"
    reason = "is not a commitment of this house"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """What was promised to a provider on a budget line. `needs`: the life domain of each need that it answers.

    `municipality`: null for the region as a whole. `assignment_id`: the trajectory or conversation, if it pays one.
    """

    commitment_id: UUID
    line: str
    provider: str
    municipality: str | None = None
    assignment_id: UUID | None = None
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingCommitment(Commitment):
    """A commitment in its year. remaining: promised and not yet spent."""

    fund: str
    year: int
    remaining: Decimal
    spent: Decimal

    def key(self, house: str) -> FundYearKey:
        """The year in which the commitment is booked."""
        return FundYearKey(house, self.fund, self.year)


def check(commitment: Commitment, year: OpenYear) -> Commitment:
    """The commitment with its needs in the order of the house's profile, if it keeps the rules of house and fund."""
    year.check_line(commitment.line)
    if commitment.provider not in year.house.providers:
        raise UnknownProvider
    if commitment.municipality is not None:
        check_municipality(commitment.municipality, year.house)
    return replace(commitment, needs=in_order(commitment.needs, year.house))


def commitment_postings(commitment: Commitment, amount: Decimal) -> tuple[Posting, ...]:
    """So much of the line is promised."""
    return move(amount, available_on(commitment.line), remaining_of(commitment))


def spending_postings(commitment: Commitment, amount: Decimal) -> tuple[Posting, ...]:
    """So much of the promise is paid."""
    return move(amount, remaining_of(commitment), spent_on(commitment))


def release_postings(commitment: Commitment, amount: Decimal) -> tuple[Posting, ...]:
    """So much of the promise goes back to the line."""
    return move(amount, remaining_of(commitment), available_on(commitment.line))


def remaining_of(commitment: Commitment) -> LedgerAccount:
    """The account that holds what is promised and not yet spent."""
    return LedgerAccount(AccountKind.COMMITMENT, line=commitment.line, about=commitment.commitment_id)


def spent_on(commitment: Commitment) -> LedgerAccount:
    """The account that holds what is paid of the commitment."""
    return LedgerAccount(AccountKind.SPENT, line=commitment.line, about=commitment.commitment_id)
