"""Whom a referral is about that was set aside: both descriptions side by side, and the officer decides."""

from typing import Any

import pytest

from desk.services import Done, Missing, Problem, Refused
from desk.tests.given import Desk
from desk.tests.given_contact import CONFLICT, CONFLICT_PAGE, OTHER, answers, known
from desk.tests.test_contact import ILSE

DECISION = ("intake", f"{CONFLICT[1]}/decision")
SAME = {"person": "same", "because": "Gebeld met de politie."}


@pytest.fixture
def officer(desk: Desk) -> Desk:
    desk.sign_in(ILSE)
    desk.services.answers |= answers()
    desk.services.results[DECISION] = Done({"referralId": OTHER})
    return desk


def decide(desk: Desk, **fields: Any) -> Any:
    return desk.send(CONFLICT_PAGE, CONFLICT_PAGE, **fields)


def test_what_the_referral_tells_stands_beside_what_is_known(officer: Desk) -> None:
    page = officer.get(CONFLICT_PAGE).text
    for words in ("Sofie", "Piet", "11 oktober 2004", "12 mei 1990", "vrouw"):
        assert words in page, words


def test_the_officer_decides_with_a_reason(officer: Desk) -> None:
    assert decide(officer, person="same").status_code == 422
    assert decide(officer, **SAME, details_right="y").headers["Location"] == "/work"
    assert officer.services.commands[-1][2] == {**SAME, "detailsRight": True}
    decide(officer, **SAME | {"person": "other"}, details_right="y")
    assert officer.services.commands[-1][2] == {**SAME, "person": "other", "detailsRight": False}


def test_of_two_people_with_a_number_the_officer_says_which(officer: Desk) -> None:
    officer.services.answers[CONFLICT]["known"] += [{**known(familyName="Bos"), "subjectId": CONFLICT_PAGE[-36:]}]
    assert "Piet Bos" in officer.get(CONFLICT_PAGE).text
    decide(officer, **SAME, subject_id=OTHER)
    assert officer.services.commands[-1][2]["subjectId"] == OTHER


def test_who_was_second_is_told_and_nothing_typed_is_lost(officer: Desk) -> None:
    officer.services.results[DECISION] = Refused(409, (Problem("person", "is decided already", "already_decided"),))
    answer = decide(officer, **SAME)
    assert answer.status_code == 409
    assert "Iemand anders heeft dit intussen" in answer.text
    assert SAME["because"] in answer.text


def test_what_was_decided_or_is_unknown_is_said(officer: Desk) -> None:
    officer.services.answers[CONFLICT] = Missing("intake", "failed")
    assert "al over besloten" in officer.get(CONFLICT_PAGE).text
    officer.services.answers[CONFLICT] = Missing("intake", "not_found")
    assert officer.get(CONFLICT_PAGE).status_code == 404
