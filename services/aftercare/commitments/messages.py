"""What people promise to providers, and how commitments stand."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from services.aftercare.commitments.rules import StandingCommitment
from services.aftercare.house import Code
from services.aftercare.ledger.messages import BookAmount
from services.aftercare.money.messages import Euros
from shared.bounds import Length, Line
from shared.web import PageQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeCommitment(BookAmount):
    """`assignmentId`: the trajectory or conversation that it pays. `needs`: a life domain each."""

    line: Code
    provider: Code
    municipality: Line | None = None
    assignment_id: UUID | None = None
    needs: Annotated[tuple[Code, ...], Length(most=20)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentsQuery(PageQuery):
    """Commitments of a fund, a year, a line or an assignment."""

    fund: str | None = None
    year: int | None = None
    line: str | None = None
    assignment_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentView(StandingCommitment):
    """`remaining` is promised and not yet spent."""

    remaining: Euros
    spent: Euros
