"""The announcement of an assignment."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.aftercare.assignments.rules import AssignmentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentGiven:
    """`assignments.given.v1`: a trajectory or conversation that a provider is asked for; intake adds the name.

    `assignmentId` is the id of the conversation or the trajectory.
    """

    assignment_id: UUID
    partner: str
    kind: AssignmentKind
    trajectory_kind: str | None = None
    needs: tuple[str, ...]
    institution: str | None = None
    starts_on: date | None = None
