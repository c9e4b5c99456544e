from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from services.meetings.sessions.rules import (
    AlreadyDiscussed,
    NotATableCase,
    NotAWorkingDay,
    NotHeld,
    NotOnSession,
    NotPlanned,
    OtherSubRegion,
    OtherTable,
    Reason,
    Session,
    State,
    UnknownSubRegion,
    cancel,
    correct,
    hold,
    move,
    plan,
    plan_again,
    session_id_of,
    withdraw,
)
from services.meetings.table_cases.rules import (
    AlreadyClosed,
    BeforeOpening,
    Closing,
    TableCase,
    UnknownTable,
    Withdrawn,
)
from services.meetings.tests.cases import HOUSE, OUTCOME, table_case
from shared.rules import BrokenRule

CASE = table_case()
SERIES_CASE = table_case(table="aftercare")
DAY, LATER = date(2015, 3, 17), date(2015, 3, 24)


def session_of(*cases: TableCase, **differently: object) -> Session:
    usual = Session(
        session_id=UUID(int=5),
        house="house",
        table=cases[0].table,
        sub_region="North",
        held_on=DAY,
        table_case_ids=tuple(case.table_case_id for case in cases),
    )
    return replace(usual, **differently)  # type: ignore[arg-type]


def planned(session: Session, *cases: TableCase, discussed: set[UUID] | None = None) -> Session:
    return plan(session, {case.table_case_id: case for case in cases}, discussed or set(), HOUSE)


def test_a_case_of_a_series_comes_to_many_sessions() -> None:
    session = session_of(SERIES_CASE)
    assert planned(session, SERIES_CASE, discussed={SERIES_CASE.table_case_id}) is session


def test_each_focus_case_that_was_discussed_comes_again_for_a_reason_of_its_own() -> None:
    fresh, stuck = table_case(), table_case()
    discussed = {CASE.table_case_id, stuck.table_case_id}
    reasons = {CASE.table_case_id: Reason.PLAN_STAGNATES}
    session = session_of(CASE, fresh, stuck, reasons=reasons)
    with pytest.raises(AlreadyDiscussed) as refused:
        planned(session, CASE, fresh, stuck, discussed=discussed)
    assert refused.value.field == f"reasons.{stuck.table_case_id}"
    with_reasons = replace(session, reasons=reasons | {stuck.table_case_id: Reason.PARTNER_ASKS})
    assert planned(with_reasons, CASE, fresh, stuck, discussed=discussed) is with_reasons


CLOSED = table_case(closing=Closing(closed_on=date(2015, 3, 12), outcome=OUTCOME))
WITHDRAWN = table_case(withdrawn_on=date(2015, 3, 12))
SOUTH = table_case(sub_region="South")


@pytest.mark.parametrize(
    ("session", "rule", "field"),
    [
        (session_of(CASE, table="theatre"), UnknownTable, "table"),
        (session_of(CASE, sub_region="Overseas"), UnknownSubRegion, "subRegion"),
        (session_of(CASE, held_on=date(2015, 3, 9)), BeforeOpening, "heldOn"),
        (session_of(CASE, held_on=date(2015, 3, 22)), NotAWorkingDay, "heldOn"),
        (session_of(CASE, held_on=date(2015, 4, 6)), NotAWorkingDay, "heldOn"),
        (session_of(CASE, SERIES_CASE), OtherTable, "tableCaseIds[1]"),
        (session_of(CASE, SOUTH), OtherSubRegion, "tableCaseIds[1]"),
        (session_of(CASE, CLOSED), AlreadyClosed, "tableCaseIds[1]"),
        (session_of(CASE, WITHDRAWN), Withdrawn, "tableCaseIds[1]"),
        (session_of(CASE, table_case(table_case_id=uuid4())), NotATableCase, "tableCaseIds[1]"),
        (session_of(CASE, reasons={UUID(int=8): Reason.PARTNER_ASKS}), NotOnSession, f"reasons.{UUID(int=8)}"),
    ],
)
def test_a_wrong_session_is_refused_with_the_field_to_blame(
    session: Session, rule: type[BrokenRule], field: str
) -> None:
    with pytest.raises(rule) as refused:
        planned(session, CASE, SERIES_CASE, SOUTH, CLOSED, WITHDRAWN)
    assert refused.value.field == field


def test_the_same_session_has_the_same_id_in_whatever_order_its_cases_stand() -> None:
    one, two = uuid4(), uuid4()
    usual = session_id_of("house", "focus", "North", DAY, [one, two])
    assert usual == session_id_of("house", "focus", "North", DAY, [two, one])
    assert usual != session_id_of("house", "focus", "North", DAY, [one])
    assert usual != session_id_of("house", "focus", "North", LATER, [one, two])
    assert usual != session_id_of("elsewhere", "focus", "North", DAY, [one, two])


PLANNED = session_of(CASE)
HELD = replace(PLANNED, state=State.HELD)
CANCELLED = replace(PLANNED, state=State.CANCELLED)


def test_a_planned_session_moves_to_another_working_day_without_a_reason() -> None:
    assert move(PLANNED, LATER, [CASE]) == replace(PLANNED, held_on=LATER)
    assert move(PLANNED, DAY, [CASE]) is PLANNED
    with pytest.raises(NotAWorkingDay):
        move(PLANNED, date(2015, 3, 21), [CASE])
    with pytest.raises(BeforeOpening):
        move(PLANNED, date(2015, 3, 9), [CASE])


def test_a_planned_session_is_held_on_its_day_or_another() -> None:
    assert hold(PLANNED, DAY, [CASE]) == HELD
    assert hold(PLANNED, LATER, [CASE]) == replace(HELD, held_on=LATER)
    assert hold(HELD, DAY, [CASE]) is HELD
    with pytest.raises(BeforeOpening):
        hold(PLANNED, date(2015, 3, 9), [CASE])


@pytest.mark.parametrize("session", [HELD, CANCELLED])
def test_what_was_held_or_cancelled_is_not_moved_or_held_on_another_day(session: Session) -> None:
    with pytest.raises(NotPlanned):
        move(session, LATER, [CASE])
    with pytest.raises(NotPlanned):
        hold(session, LATER, [CASE])


def test_a_session_is_cancelled_once_and_not_after_it_was_held() -> None:
    assert cancel(PLANNED) == CANCELLED
    assert cancel(CANCELLED) is CANCELLED
    with pytest.raises(NotPlanned):
        cancel(HELD)


def test_the_day_of_a_session_that_was_held_can_be_corrected() -> None:
    assert correct(HELD, LATER, [CASE]) == replace(HELD, held_on=LATER)
    assert correct(HELD, DAY, [CASE]) is HELD
    with pytest.raises(NotHeld):
        correct(PLANNED, LATER, [CASE])
    with pytest.raises(BeforeOpening):
        correct(HELD, date(2015, 3, 9), [CASE])


def test_what_was_recorded_by_mistake_leaves_the_session_planned() -> None:
    assert withdraw(HELD) == withdraw(CANCELLED) == PLANNED


def test_a_session_that_was_moved_or_cancelled_is_not_planned_again_unseen() -> None:
    assert plan_again(HELD, PLANNED) is HELD
    for session in (CANCELLED, replace(PLANNED, held_on=LATER)):
        with pytest.raises(NotPlanned):
            plan_again(session, PLANNED)
