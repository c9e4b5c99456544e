from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from services.meetings.sessions.rules import (
    AlreadyDiscussed,
    NotATableCase,
    OtherTable,
    Reason,
    Session,
    UnknownSubRegion,
    plan,
)
from services.meetings.table_cases.rules import AlreadyClosed, BeforeOpening, Closing, TableCase, UnknownTable
from services.meetings.tests.cases import HOUSE, OUTCOME, table_case
from shared.rules import BrokenRule

CASE = table_case()
SERIES_CASE = table_case(table="aftercare")


def session_of(*cases: TableCase, **differently: object) -> Session:
    usual = Session(
        house="house",
        table=cases[0].table,
        sub_region="North",
        held_on=date(2015, 3, 17),
        table_case_ids=tuple(case.table_case_id for case in cases),
    )
    return replace(usual, **differently)  # type: ignore[arg-type]


def planned(session: Session, *cases: TableCase, discussed: set[UUID] | None = None) -> Session:
    return plan(session, {case.table_case_id: case for case in cases}, discussed or set(), HOUSE)


def test_a_case_of_a_series_comes_to_many_sessions() -> None:
    session = session_of(SERIES_CASE)
    assert planned(session, SERIES_CASE, discussed={SERIES_CASE.table_case_id}) is session


def test_a_focus_case_comes_once() -> None:
    with pytest.raises(AlreadyDiscussed) as refused:
        planned(session_of(CASE), CASE, discussed={CASE.table_case_id})
    assert refused.value.field == "reason"


def test_a_focus_case_comes_again_for_a_reason() -> None:
    session = session_of(CASE, reason=Reason.PLAN_STAGNATES)
    assert planned(session, CASE, discussed={CASE.table_case_id}) is session


CLOSED = table_case(closing=Closing(closed_on=date(2015, 3, 12), outcome=OUTCOME))


@pytest.mark.parametrize(
    ("session", "rule", "field"),
    [
        (session_of(CASE, table="theatre"), UnknownTable, "table"),
        (session_of(CASE, sub_region="Overseas"), UnknownSubRegion, "subRegion"),
        (session_of(CASE, held_on=date(2015, 3, 9)), BeforeOpening, "heldOn"),
        (session_of(CASE, SERIES_CASE), OtherTable, "tableCaseIds[1]"),
        (session_of(CASE, CLOSED), AlreadyClosed, "tableCaseIds[1]"),
        (session_of(CASE, table_case(table_case_id=uuid4())), NotATableCase, "tableCaseIds[1]"),
    ],
)
def test_a_wrong_session_is_refused_with_the_field_to_blame(
    session: Session, rule: type[BrokenRule], field: str
) -> None:
    with pytest.raises(rule) as refused:
        planned(session, CASE, SERIES_CASE, CLOSED)
    assert refused.value.field == field


def test_the_same_session_has_the_same_id_in_whatever_order_its_cases_stand() -> None:
    other = table_case()
    assert session_of(CASE, other).session_id == session_of(other, CASE).session_id
    assert session_of(CASE, other).session_id != session_of(CASE).session_id
    assert session_of(CASE).session_id != session_of(CASE, held_on=date(2015, 3, 18)).session_id
    assert session_of(CASE).session_id != session_of(CASE, house="elsewhere").session_id
