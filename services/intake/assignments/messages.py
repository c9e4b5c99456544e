"""What aftercare gives a provider to do, and what the provider gets."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentGiven:
    """`assignments.given.v1` of aftercare: a trajectory or conversation that a provider is asked for."""

    assignment_id: UUID
    partner: str
    kind: str
    trajectory_kind: str | None = None
    needs: tuple[str, ...]
    institution: str | None = None
    starts_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectOfAssignment:
    """Who somebody is, as far as a provider needs to know."""

    family_name: str | None = None
    given_names: str | None = None
    birth_date: str | None = None
    municipality: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentSent:
    """`assignments.sent.v1`: the trajectory or conversation that a provider is asked for, and the person's name.

    `needs`: the life domains that it is for.
    """

    assignment_id: UUID
    kind: str
    trajectory_kind: str | None = None
    needs: tuple[str, ...]
    institution: str | None = None
    starts_on: date | None = None
    subject: SubjectOfAssignment
