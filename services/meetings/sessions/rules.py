"""A session: one sitting of a table, at which one or many of its cases are discussed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid5

from services.meetings.house import House
from services.meetings.table_cases.rules import TableCase, UnknownTable, require_running
from shared.rules import BrokenRule

SESSIONS = UUID("6f0ddc1c-51bb-4a52-9f1c-4d2d3a4b9d6e")


class UnknownSubRegion(BrokenRule):
    field = "subRegion"
    reason = "is not a sub-region of this house"


class NotATableCase(BrokenRule):
    field = "tableCaseIds"
    reason = "is not a table case of this house"


class OtherTable(BrokenRule):
    field = "tableCaseIds"
    reason = "is a case of another table"


class AlreadyDiscussed(BrokenRule):
    field = "reason"
    reason = "is required: a case has been at this table, and comes again only for a reason"


class Reason(StrEnum):
    """Why a case comes again to a table where a case comes once."""

    PLAN_STAGNATES = "plan_stagnates"
    PLAN_NEEDS_CHANGE = "plan_needs_change"
    CASE_HOLDER_ASKS = "case_holder_asks"
    PARTNER_ASKS = "partner_asks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One sitting. `table_case_ids` are in the order in which the cases are taken."""

    house: str
    table: str
    sub_region: str
    held_on: date
    table_case_ids: tuple[UUID, ...]
    reason: Reason | None = None

    @property
    def session_id(self) -> UUID:
        """Follows from what is planned, so that the same command plans a session once."""
        cases = sorted(map(str, self.table_case_ids))
        return uuid5(SESSIONS, "|".join([self.house, self.table, self.sub_region, self.held_on.isoformat(), *cases]))


def plan(session: Session, cases: Mapping[UUID, TableCase], discussed: Collection[UUID], house: House) -> Session:
    """The session, if it keeps the house's rules.

    cases: the table cases of the house that the session names, by id. discussed: those that another session has taken.
    """
    if session.table not in house.tables:
        raise UnknownTable
    if session.sub_region not in house.sub_regions:
        raise UnknownSubRegion
    for position, table_case_id in enumerate(session.table_case_ids):
        _check(cases.get(table_case_id), f"tableCaseIds[{position}]", session)
    if house.tables[session.table].once and discussed and not session.reason:
        raise AlreadyDiscussed
    return session


def _check(table_case: TableCase | None, path: str, session: Session) -> None:
    if not table_case:
        raise NotATableCase(path)
    if table_case.table != session.table:
        raise OtherTable(path)
    require_running(table_case, session.held_on, "heldOn", path)
