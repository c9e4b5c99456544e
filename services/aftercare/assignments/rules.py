"""An assignment: a conversation to hold or a trajectory to carry out, given to a provider."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from shared.rules import BrokenRule

AssignmentKind = Literal["conversation", "trajectory"]


class UnknownProvider(BrokenRule):
    field = "provider"
    reason = "is not a provider of this house"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """What a provider is asked to do. assignment_id: the id of the conversation or the trajectory.

    institution: the prison where the person is, None where the assignment is not carried out in one. needs: life
    domains. trajectory_kind, starts_on: of a trajectory.
    """

    assignment_id: UUID
    house: str
    case_id: UUID
    provider: str
    kind: AssignmentKind
    given_on: date
    needs: tuple[str, ...] = ()
    institution: str | None = None
    trajectory_kind: str | None = None
    starts_on: date | None = None
