"""A session: one sitting of a table, at which one or many of its cases are discussed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid5

from services.meetings.domain.errors import (
    AlreadyDiscussed,
    NotATableCase,
    OtherTable,
    UnknownSubRegion,
    UnknownTable,
)
from services.meetings.domain.house import House
from services.meetings.domain.table_cases import TableCase, require_running

SESSIONS = UUID("6f0ddc1c-51bb-4a52-9f1c-4d2d3a4b9d6e")


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
    """The session, when it keeps the house's rules.

    cases: the table cases of the house that it names, by id. discussed: those of them that are on another session.
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
