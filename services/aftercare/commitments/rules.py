"""A commitment: an amount of a budget line, promised to a provider, and then spent or released."""

from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from services.aftercare.assignments.rules import UnknownProvider
from services.aftercare.house import CostKind, House
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
from shared.rules import BrokenRule, UnknownObject


class UnknownCommitment(UnknownObject):
    field = "commitmentId"
    reason = "is not a commitment of this house"


class ForAdvancesAlone(BrokenRule):
    field = "line"
    reason = "is for advances: commit money of another line"


class UnknownAssignment(BrokenRule):
    field = "assignmentId"
    reason = "is not a trajectory or conversation of this house"


class NotTheProvider(BrokenRule):
    """The reason names the provider of the assignment."""

    field = "provider"


class NotTheMunicipality(BrokenRule):
    """The reason names the municipality of the assignment."""

    field = "municipality"


class NotTheLine(BrokenRule):
    """The reason names what the line is for, and what the assignment is."""

    field = "line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """What was promised to a provider on a budget line. `needs`: the life domain of each need that it answers.

    `municipality`: null for the region as a whole. `assignment_id`: the trajectory or conversation, if it pays one.
    `cost`: what the line was for when the commitment was made.
    """

    commitment_id: UUID
    line: str
    provider: str
    municipality: str | None = None
    assignment_id: UUID | None = None
    needs: tuple[str, ...] = ()
    cost: CostKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidAssignment:
    """The trajectory or conversation that a commitment pays. trajectory_kind: None for a conversation."""

    provider: str | None
    municipality: str
    trajectory_kind: str | None

    def cost(self, house: House) -> CostKind:
        """What a budget line must be for to pay the assignment."""
        if self.trajectory_kind is None:
            return CostKind.CONVERSATION
        return house.trajectory_costs.get(self.trajectory_kind, CostKind.TRAJECTORY)


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
    """The commitment with its cost and its needs in order, if it keeps the rules of house and fund."""
    cost = year.cost_of(commitment.line)
    if cost is CostKind.ADVANCE:
        raise ForAdvancesAlone
    if commitment.provider not in year.house.providers:
        raise UnknownProvider(known=year.house.providers)
    if commitment.municipality is not None:
        check_municipality(commitment.municipality, year.house)
    return replace(commitment, cost=cost, needs=in_order(commitment.needs, year.house))


def check_assignment(commitment: Commitment, assignment: PaidAssignment | None, house: House) -> None:
    """Raises unless provider, municipality and line of the commitment are those of the assignment."""
    if not assignment:
        raise UnknownAssignment
    if commitment.provider != assignment.provider:
        raise NotTheProvider(
            reason=f"is not the provider of the assignment: {assignment.provider or 'the house itself'}"
        )
    where = assignment.municipality if assignment.municipality in house.municipalities else None
    if commitment.municipality != where:
        raise NotTheMunicipality(reason=f"is not the municipality of the assignment: {where or 'none of this house'}")
    if commitment.cost is not assignment.cost(house):
        raise NotTheLine(reason=f"is for {commitment.cost}, and the assignment is {assignment.cost(house)}")


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
