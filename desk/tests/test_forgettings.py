"""Vergeten: an officer asks that somebody is forgotten, another person confirms it."""

from typing import Any

import pytest

from desk.services import Done, Missing, Problem, Refused
from desk.sessions.rules import Person
from desk.tests.given import HOUSE, Desk
from desk.tests.test_relations import SUBJECT

FORGETTING, CASE = (f"018f2c3e-7a4b-7c1d-9e2f-0000000000{each}" for each in ("e1", "e2"))
LIST, DECISION = ("intake", "/v1/forgettings"), ("intake", f"/v1/forgettings/{FORGETTING}/decision")
PAGE, ASK = f"/forgettings/{FORGETTING}", f"/subjects/{SUBJECT}/forgetting"
PRIYA = Person("p-77bb", "Priya Jansen", HOUSE, {HOUSE: frozenset({"privacy_officer"})})
ASKED = {"forgettingId": FORGETTING, "ground": "unlawful", "askedBy": "Ilse de Jong", "askedAt": "2026-11-30T09:05:00Z"}


def answers() -> dict[tuple[str, str], Any]:
    decided = {**ASKED, "decision": "forget", "decidedBy": "Omar Bakker", "decidedAt": "2026-11-30T10:05:00Z"}
    return {LIST: {"waiting": [{**ASKED, "subjectId": SUBJECT, "caseId": CASE}], "decided": [decided]}}


@pytest.fixture
def officer(desk: Desk) -> Desk:
    """A privacy officer who is signed in."""
    desk.sign_in(PRIYA)
    desk.services.answers |= answers()
    desk.services.results |= {LIST: Done({"forgettingId": FORGETTING}), DECISION: Done(None)}
    return desk


def test_what_waits_and_what_was_decided_is_listed_without_names(officer: Desk) -> None:
    page = officer.get("/forgettings").text
    for words in ("Te bevestigen (1)", f'href="{PAGE}"', "Ilse de Jong", "Omar Bakker", "vergeten"):
        assert words in page, words
    assert f'href="/cases/{CASE}"' not in page, "a privacy officer does not open cases"


def test_somebody_is_asked_to_be_forgotten_on_a_ground(officer: Desk) -> None:
    assert officer.send(ASK, ASK).status_code == 422
    assert officer.send(ASK, ASK, ground="objection").headers["Location"] == "/forgettings"
    assert officer.services.commands[-1][:3] == (*LIST, {"subjectId": SUBJECT, "ground": "objection"})
    officer.services.results[LIST] = Refused(409, (Problem("subjectId", "", "at_table"),))
    assert "Wacht tot de tafelzaak is gesloten" in officer.send(ASK, ASK, ground="objection").text


def test_a_second_person_decides_and_who_asked_does_not(officer: Desk) -> None:
    assert "hadden nooit bewaard mogen worden" in officer.get(PAGE).text
    assert officer.send(PAGE, PAGE, decision="forget").headers["Location"] == "/forgettings"
    assert officer.services.commands[-1][:3] == (*DECISION, {"decision": "forget"})
    officer.services.results[DECISION] = Refused(403, (Problem("decision", "", "second_person_confirms"),))
    assert "Iemand anders dan wie erom vroeg" in officer.send(PAGE, PAGE, decision="forget").text


def test_what_was_decided_meanwhile_is_no_page(officer: Desk) -> None:
    officer.services.answers[LIST] = {"waiting": [], "decided": []}
    assert officer.get(PAGE).status_code == 404
    officer.services.answers[LIST] = Missing("intake", "no_answer")
    assert officer.get(PAGE).status_code == 200
