"""Herhalingen: the case holder answers with one click, and the process director sees what follows."""

from typing import TYPE_CHECKING, Any

import pytest

from desk.services import Done, Missing, Problem, Refused
from desk.sessions.rules import Person
from desk.tests.given import HOUSE, Desk
from desk.tests.given_briefing import page_of
from shared.testing.browser import look_at

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PATH, TABLE_CASES, PAGE = "/v1/repeat-questions", "/v1/table-cases", "/repeats"
HOLDER = Person("p-3c44", "Samira Haddad", "reclassering-nederland", {HOUSE: frozenset({"case_holder"})})
DIRECTOR = Person("p-2b19", "Ruben Kok", HOUSE, {HOUSE: frozenset({"process_director"})})
QUESTION = "718f2c3e-7a4b-7c1d-9e2f-000000000001"
ANSWER = f"{PAGE}/{QUESTION}"


def question(**differently: Any) -> dict[str, Any]:
    return {
        "questionId": QUESTION,
        "tableCaseId": "618f2c3e-7a4b-7c1d-9e2f-000000000001",
        "caseId": "818f2c3e-7a4b-7c1d-9e2f-000000000001",
        "table": "focus",
        "referralId": "018f2c3e-7a4b-7c1d-9e2f-000000000001",
        "kind": "arrest_notice",
        "referrer": "nationale-politie",
        "receivedOn": "2026-11-24",
        "dueOn": "2026-11-27",
        "overdue": True,
        "withdrawnOn": None,
        "caseHolder": "reclassering-nederland",
        "answer": None,
        "answeredOn": None,
        "answeredBy": None,
        "answeredAt": None,
        "remark": None,
        **differently,
    }


WITHOUT_PLAN = question(questionId=QUESTION[:-1] + "2", caseHolder=None, overdue=False)
OVERTAKEN = question(
    questionId=QUESTION[:-1] + "3", answer="overtaken", answeredOn="2026-11-25", remark="Uit huis gezet."
)
WANTED = {
    "tableCaseId": "618f2c3e-7a4b-7c1d-9e2f-000000000009",
    "caseId": "818f2c3e-7a4b-7c1d-9e2f-000000000009",
    "table": "top60",
    "openedOn": "2026-09-01",
    "subRegion": "Midden Holland",
}


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """With a case holder; the same list for what waits and for what was answered."""
    desk.services.answers |= {("meetings", PATH): page_of(question()), ("meetings", TABLE_CASES): page_of(WANTED)}
    desk.sign_in(HOLDER)
    return desk


def test_the_case_holder_sees_what_came_in_and_by_when_to_answer(asked: Desk) -> None:
    asked.services.answers["meetings", PATH] = page_of(OVERTAKEN | {"overdue": True})
    page = asked.get(PAGE).text
    for words in ("Nationale Politie", "24 nov 2026", "27 nov 2026", "te laat", "Het plan staat", "Uit huis gezet."):
        assert words in page, words
    assert "Opnieuw overleggen" not in page


def test_the_process_director_sees_which_cases_meet_again_too(asked: Desk) -> None:
    asked.sign_in(DIRECTOR)
    asked.services.answers["meetings", PATH] = page_of(
        WITHOUT_PLAN | {"answer": "overtaken", "answeredOn": "2026-11-25"}
    )
    page = asked.get(PAGE).text
    assert "nog geen plan" in page
    assert "Midden Holland" in page[page.index("Opnieuw overleggen") :]
    asked.services.answers["meetings", TABLE_CASES] = Missing("meetings", "no_answer")
    assert "Opnieuw overleggen" in asked.get(PAGE).text


@pytest.mark.parametrize(
    ("fields", "path", "body"),
    [
        ({"answer": "plan_stands"}, "answer", {"answer": "plan_stands"}),
        ({"answer": "overtaken", "remark": " Weg. "}, "answer", {"answer": "overtaken", "remark": "Weg."}),
        (
            {"answer": "plan_stands", "remark": "Mis.", "corrects": "yes"},
            "answer/correction",
            {"answer": "plan_stands", "remark": "Mis."},
        ),
    ],
)
def test_an_answer_is_sent_with_one_click(asked: Desk, fields: dict[str, str], path: str, body: dict[str, str]) -> None:
    asked.services.answers["meetings", PATH] = page_of(OVERTAKEN | {"questionId": QUESTION})
    sent = f"{PATH}/{QUESTION}/{path}"
    asked.services.results["meetings", sent] = Done({})
    assert asked.send(PAGE, ANSWER, **fields).status_code == 303
    [(service, told, given, _, _)] = asked.services.commands
    assert (service, told, given) == ("meetings", sent, body)


def test_what_meetings_does_not_accept_is_said_in_words(asked: Desk) -> None:
    asked.services.answers["meetings", PATH] = page_of(OVERTAKEN | {"questionId": QUESTION})
    refused = Refused(409, (Problem("answer", "is answered otherwise already", "answered_otherwise"),))
    asked.services.results["meetings", f"{PATH}/{QUESTION}/answer"] = refused
    answer = asked.send(PAGE, ANSWER, answer="overtaken")
    assert (answer.status_code, "Iemand anders heeft intussen anders geantwoord" in answer.text) == (409, True)
    assert asked.send(PAGE, ANSWER, answer="sung").status_code == 400
    asked.services.results["meetings", f"{PATH}/{QUESTION}/answer"] = Missing("meetings", "no_answer")
    assert asked.send(PAGE, ANSWER, answer="overtaken").status_code == 503


def test_the_page_in_every_window(browser: "Browser", served: tuple[Desk, str]) -> None:
    desk, address = served
    desk.sign_in(DIRECTOR)
    answered = {"answer": "overtaken", "answeredOn": "2026-11-25"}
    desk.services.answers |= {
        ("meetings", PATH): page_of(OVERTAKEN, WITHOUT_PLAN | answered),
        ("meetings", TABLE_CASES): page_of(WANTED),
    }
    look_at(browser, address + PAGE, "repeats", storage_state=desk.state)
