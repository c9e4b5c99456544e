"""Who many subjects are is told in one look: of each what one look at it would tell, and each look is kept."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.intake.openings.store import OpeningStore
from services.intake.subjects.handlers import disclosed, disclosed_together
from services.intake.subjects.store import SubjectStore
from services.intake.tests.desk import HOUSES, Desk
from services.intake.tests.given import CONTACT, HOUSE
from shared.postgres import Statements

MANY = 40
KEPT = "SELECT subject_id, disclosed_to, purpose FROM disclosures ORDER BY subject_id"


def people(desk: Desk, number: int) -> list[UUID]:
    return [desk.notice(familyName=f"Jansen{letter_of(each)}", birthDate="1990-02-03") for each in range(number)]


def letter_of(number: int) -> str:
    return "abcdefghijklmnopqrstuvwxyz"[number // 26] + "abcdefghijklmnopqrstuvwxyz"[number % 26]


def test_each_look_is_kept_and_tells_the_same_as_one_alone(desk: Desk) -> None:
    one, other = people(desk, 2)
    with desk.unit() as unit:
        alone = [disclosed(HOUSE.id, id, to="team", purpose="briefing", unit=unit) for id in (other, one)]
    with desk.unit() as unit:
        together = disclosed_together(HOUSE.id, [other, one], to="team", purpose="briefing", unit=unit)
    assert together == alone
    assert desk.rows(KEPT) == [(id, "team", "briefing") for id in sorted((one, other)) for _ in range(2)]


def test_the_unknown_the_sealed_and_those_of_another_house_are_left_out_alike(desk: Desk) -> None:
    known, elsewhere = desk.notice(familyName="Jansen"), desk.notice(HOUSES["zuid"], familyName="Jansen")
    about = {"kind": "person", "municipality": "Dorp", "familyName": "Bakker"}
    concern = {"reference": "1", "subject": about, "concern": "worried", "theme": "hidden"}
    desk.send(concern, CONTACT, type="current-referrals.submitted.v1")
    [(sealed,)] = desk.rows("SELECT subject_id FROM subjects WHERE sealed_only")
    with desk.unit() as unit:
        asked = [sealed, elsewhere, known, uuid4()]
        told = disclosed_together(HOUSE.id, asked, to="team", purpose="briefing", unit=unit)
    assert [each.subject_id for each in told] == [known]
    assert desk.rows(KEPT) == [(known, "team", "briefing")]


def test_many_are_read_with_two_queries(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    subject_ids = people(desk, MANY)
    queries: list[str] = []
    monkeypatch.setattr(Statements, "read", keeping(queries, Statements.read))
    with desk.unit() as unit:
        told = disclosed_together(HOUSE.id, [*subject_ids, uuid4()], to="team", purpose="briefing", unit=unit)
    assert [each.subject_id for each in told] == subject_ids
    assert queries == [SubjectStore.queries["subjects"], OpeningStore.queries["open_cases"]]


def keeping(queries: list[str], read: Callable[..., Any]) -> Callable[..., Any]:
    def read_and_keep(statements: Statements, query: str, *further: Any) -> Any:
        queries.append(query)
        return read(statements, query, *further)

    return read_and_keep
