"""What people plan and look up, and what is announced of a session."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from services.meetings.sessions.rules import Reason, Session, State, session_id_of
from shared.bounds import Code, Length, Text
from shared.days import HouseDay, PlannedDay
from shared.web import PageQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSession:
    """`tableCaseIds` in the order in which the cases are taken; one that stands there twice is taken once.

    `reasons`: by table case, why a case comes again to a table where a case comes once.
    """

    table: Code
    sub_region: Code
    held_on: PlannedDay
    table_case_ids: Annotated[tuple[UUID, ...], Length(1, 100)]
    reasons: Annotated[Mapping[UUID, Reason], Length(most=100)] = field(default_factory=dict)

    def session(self, house: str) -> Session:
        """The session that is asked for."""
        table_case_ids = tuple(dict.fromkeys(self.table_case_ids))
        return Session(
            session_id=session_id_of(house, self.table, self.sub_region, self.held_on, table_case_ids),
            house=house,
            table=self.table,
            sub_region=self.sub_region,
            held_on=self.held_on,
            table_case_ids=table_case_ids,
            reasons=self.reasons,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveSession:
    to: PlannedDay


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldSession:
    """`heldOn`: the day on which the session was held."""

    held_on: HouseDay


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelSession:
    because: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectSession:
    """`heldOn`: the day on which the session was held. `because`: why another day was recorded."""

    held_on: HouseDay
    because: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsQuery(PageQuery):
    """`state=planned` with `until` yesterday: sessions of which nobody recorded that they were held or cancelled."""

    state: State | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionChange:
    """What was recorded of a session, by whom and when. `heldOn`: the day that counts from then on."""

    state: State
    held_on: date
    because: str | None
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionInDetail(Session):
    """A session with all that was recorded of it, the first entry first."""

    changes: tuple[SessionChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSession:
    """A session of a table case. `reason`: why the case came again to a table where a case comes once."""

    session_id: UUID
    table: str
    sub_region: str
    held_on: date
    state: State
    reason: Reason | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlanned:
    """`sessions.planned.v1`: a table will discuss these cases on `held_on`. The event's `subject` is the session id.

    Announced again if it was recorded by mistake that the session was held or cancelled.
    """

    session_id: UUID
    table: str
    sub_region: str
    held_on: date
    table_case_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionMoved:
    """`sessions.moved.v1`: a planned session got another day."""

    session_id: UUID
    table: str
    sub_region: str
    moved_from: date
    moved_to: date
    table_case_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionHeld:
    """`sessions.held.v1`: a table discussed these cases. Announced again if the day is corrected."""

    session_id: UUID
    table: str
    sub_region: str
    held_on: date
    table_case_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCancelled:
    """`sessions.cancelled.v1`: a planned session will not be held."""

    session_id: UUID
    table: str
    sub_region: str
    cancelled_on: date
    table_case_ids: tuple[UUID, ...]
