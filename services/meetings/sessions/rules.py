"""A session of a table: planned, perhaps moved, then held or cancelled. One or many cases are discussed at it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid5

from services.meetings.house import House
from services.meetings.table_cases.rules import BeforeOpening, TableCase, UnknownTable, require_running
from shared.rules import BrokenRule, Contradiction, UnknownObject
from shared.working_days import is_working_day

SESSIONS = UUID("6f0ddc1c-51bb-4a52-9f1c-4d2d3a4b9d6e")


class UnknownSession(UnknownObject):
    field = "sessionId"
    reason = "is not a session of this house"


class UnknownSubRegion(BrokenRule):
    field = "subRegion"
    reason = "is not a sub-region of this house"


class NotAWorkingDay(BrokenRule):
    reason = "is a Saturday, a Sunday or a Dutch holiday"


class NotATableCase(BrokenRule):
    field = "tableCaseIds"
    reason = "is not a table case of this house"


class OtherTable(BrokenRule):
    field = "tableCaseIds"
    reason = "is a case of another table"


class OtherSubRegion(BrokenRule):
    """The reason names the case's sub-region."""


class NotOnSession(BrokenRule):
    reason = "is not one of the session's cases"


class AlreadyDiscussed(BrokenRule):
    reason = "is required: the case has been discussed at this table, and comes again only for a reason"


class NotPlanned(Contradiction):
    """The reason says what became of the session."""

    field = "sessionId"


class NotHeld(Contradiction):
    field = "sessionId"
    reason = "is not recorded as held"


class Reason(StrEnum):
    """Why a case comes again to a table where a case comes once."""

    PLAN_STAGNATES = "plan_stagnates"
    PLAN_NEEDS_CHANGE = "plan_needs_change"
    CASE_HOLDER_ASKS = "case_holder_asks"
    PARTNER_ASKS = "partner_asks"


class State(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session of a table. `held_on`: the day for which the session is planned or on which it was held.

    `table_case_ids` are in the order in which the cases are taken. `reasons`: by case, why a case comes again.
    """

    session_id: UUID
    house: str
    table: str
    sub_region: str
    held_on: date
    table_case_ids: tuple[UUID, ...]
    reasons: Mapping[UUID, Reason] = field(default_factory=dict)
    state: State = State.PLANNED


def session_id_of(house: str, table: str, sub_region: str, planned_for: date, table_case_ids: Iterable[UUID]) -> UUID:
    """Follows from what is planned, so that the same command plans a session once."""
    cases = sorted(map(str, table_case_ids))
    return uuid5(SESSIONS, "|".join([house, table, sub_region, planned_for.isoformat(), *cases]))


def plan(session: Session, cases: Mapping[UUID, TableCase], discussed: Collection[UUID], house: House) -> Session:
    """The session, if it keeps the house's rules.

    cases: the table cases of the house that the session names, by id. discussed: the table cases of which a session was
    held before.
    """
    if session.table not in house.tables:
        raise UnknownTable(known=house.tables)
    if session.sub_region not in house.sub_regions:
        raise UnknownSubRegion(known=house.sub_regions)
    _check_working_day(session.held_on, "heldOn")
    for position, table_case_id in enumerate(session.table_case_ids):
        _check(cases.get(table_case_id), f"tableCaseIds[{position}]", session)
    _check_reasons(session, discussed if house.tables[session.table].once else ())
    return session


def _check_working_day(day: date, field: str) -> None:
    if not is_working_day(day):
        raise NotAWorkingDay(field)


def _check(table_case: TableCase | None, path: str, session: Session) -> None:
    if not table_case:
        raise NotATableCase(path)
    if table_case.table != session.table:
        raise OtherTable(path)
    if table_case.sub_region != session.sub_region:
        raise OtherSubRegion(path, f"is a case of {table_case.sub_region}, by its municipality")
    require_running(table_case, session.held_on, "heldOn", path)


def _check_reasons(session: Session, discussed: Collection[UUID]) -> None:
    for table_case_id in session.reasons:
        if table_case_id not in session.table_case_ids:
            raise NotOnSession(f"reasons.{table_case_id}")
    for table_case_id in session.table_case_ids:
        if table_case_id in discussed and table_case_id not in session.reasons:
            raise AlreadyDiscussed(f"reasons.{table_case_id}")


def plan_again(planned: Session, asked: Session) -> Session:
    """The session that is planned already, for a command that comes again. Raises NotPlanned if it is not as asked."""
    if planned.state is State.CANCELLED or planned.held_on != asked.held_on:
        raise NotPlanned("heldOn", f"the same session is {planned.state}, for {planned.held_on}")
    return planned


def move(session: Session, to: date, cases: Iterable[TableCase]) -> Session:
    """The session on another day. Its cases need no reason for it."""
    if session.held_on == to and session.state is State.PLANNED:
        return session
    _require_planned(session)
    _check_working_day(to, "to")
    _check_opened(cases, to, "to")
    return replace(session, held_on=to)


def hold(session: Session, held_on: date, cases: Iterable[TableCase]) -> Session:
    """The session that was held."""
    held = replace(session, state=State.HELD, held_on=held_on)
    if session == held:
        return session
    _require_planned(session)
    _check_opened(cases, held_on, "heldOn")
    return held


def correct(session: Session, held_on: date, cases: Iterable[TableCase]) -> Session:
    """The session that was held on another day than the day that was recorded."""
    if session.state is not State.HELD:
        raise NotHeld
    if session.held_on == held_on:
        return session
    _check_opened(cases, held_on, "heldOn")
    return replace(session, held_on=held_on)


def cancel(session: Session) -> Session:
    """The session that will not be held."""
    if session.state is State.CANCELLED:
        return session
    _require_planned(session)
    return replace(session, state=State.CANCELLED)


def withdraw(session: Session) -> Session:
    """The session as it was planned: that it was held or cancelled was recorded by mistake."""
    return replace(session, state=State.PLANNED)


def _require_planned(session: Session) -> None:
    if session.state is not State.PLANNED:
        raise NotPlanned(reason=f"is {session.state} already; withdraw that first if it was a mistake")


def _check_opened(cases: Iterable[TableCase], day: date, field: str) -> None:
    """Raises BeforeOpening if a case was opened later than that day."""
    if any(day < table_case.opened_on for table_case in cases):
        raise BeforeOpening(field)
