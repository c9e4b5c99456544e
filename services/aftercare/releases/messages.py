"""What people look up of breaches, and the announcement of one."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.aftercare.releases.rules import BreachState
from shared.web import PageQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachesQuery(PageQuery):
    """`state`: absent, breaches in every state."""

    state: BreachState | None = None
    municipality: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """`releasedOn` is the release date that was passed, `releaseOn` the release date that counts now.

    `plannedOn`, `refusedOn`: the first plan and refusal, if there is any by now.
    """

    release_id: UUID
    detention_id: UUID
    case_id: UUID
    municipality: str
    institution: str
    released_on: date
    release_on: date
    planned_on: date | None
    refused_on: date | None
    state: BreachState


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseUnprepared:
    """`releases.unprepared.v1`: a person was released without a plan and without a recorded refusal."""

    detention_id: UUID
    municipality: str
    released_on: date
