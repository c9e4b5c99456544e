"""What people plan, what they get, and what is announced of a session."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from services.meetings.sessions.rules import Reason, Session
from shared.bounds import Code, Length


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSession:
    """`tableCaseIds` in the order in which the cases are taken; one that stands there twice is taken once.

    `reason`: why cases come again to a table where a case comes once.
    """

    table: Code
    sub_region: Code
    held_on: date
    table_case_ids: Annotated[tuple[UUID, ...], Length(1, 100)]
    reason: Reason | None = None

    def session(self, house: str) -> Session:
        """The session that is asked for."""
        return Session(
            house=house,
            table=self.table,
            sub_region=self.sub_region,
            held_on=self.held_on,
            table_case_ids=tuple(dict.fromkeys(self.table_case_ids)),
            reason=self.reason,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """`reason`: why a case came again to a table where a case comes once."""

    session_id: UUID
    table: str
    sub_region: str
    held_on: date
    reason: Reason | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSession(SessionView):
    """A session with its cases, in the order in which they are taken."""

    table_case_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlanned:
    """`sessions.planned.v1`: a table will discuss these cases. The event's `subject` is the session id."""

    session_id: UUID
    table: str
    sub_region: str
    held_on: date
    table_case_ids: tuple[UUID, ...]
