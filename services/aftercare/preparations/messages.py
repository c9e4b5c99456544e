"""What people look up of preparations, and the announcement of an overdue one."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.aftercare.preparations.rules import Level
from shared.web import PageQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparationsQuery(PageQuery):
    """`on`: the day to look at, also one to come. `level`: only what has climbed to that level and no further."""

    on: date
    level: Level | None = None
    municipality: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPreparation:
    """A `preparation` of the profile that was due on `dueOn`; on `climbsOn` it climbs to the process director."""

    preparation: str
    name: str
    due_on: date
    climbs_on: date
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueRelease:
    """What is missing for somebody who is to be released; `releaseOn` is null while no release date is known."""

    detention_id: UUID
    case_id: UUID
    municipality: str
    release_on: date | None
    missing: tuple[MissingPreparation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparationOverdue:
    """`preparations.overdue.v1`: a preparation is due and not ready, for the role in `level`."""

    detention_id: UUID
    municipality: str
    preparation: str
    due_on: date
    level: Level
