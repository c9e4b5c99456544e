"""What people look up of breaches, and the announcement of one."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.aftercare.releases.rules import BreachState
from shared.bounds import Text
from shared.web import PageQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachesQuery(PageQuery):
    """`state`: absent, breaches in every state."""

    state: BreachState | None = None
    municipality: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """`releasedOn` is the release date that was passed, `releaseOn` the release date that counts now.

    `releaseOn` is null if no release date is known any more; `announcedOn` is the day on which it was told, so a person
    who went free on that day is seen. `plannedOn`, `refusedOn`: the first plan and refusal, if there is any by now.
    `recorders`: who recorded, after the breach, what disputes it.
    """

    release_id: UUID
    detention_id: UUID
    case_id: UUID
    municipality: str
    institution: str
    released_on: date
    release_on: date | None
    announced_on: date
    planned_on: date | None
    refused_on: date | None
    state: BreachState
    recorders: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmNoBreach:
    """Why a disputed breach was none, as somebody confirms who recorded none of the facts that dispute it."""

    because: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseUnprepared:
    """`releases.unprepared.v1`: a person was released without a plan and without a recorded refusal."""

    detention_id: UUID
    municipality: str
    released_on: date
