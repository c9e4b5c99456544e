"""BIJ-vragen: the mandated contact of a municipality asks, and the house answers."""

from typing import Any

from desk.services import Done, Missing, Problem, Refused
from desk.sessions.rules import Person
from desk.tests.given import HOUSE, Desk

QUESTION = "018f2c3e-7a4b-7c1d-9e2f-0000000000d1"
PAGE, PATH = f"/bij-questions/{QUESTION}", "/v1/bij-questions"
DAAN = Person("p-7001", "Daan Kuipershoek", "gemeente-gouda", {HOUSE: frozenset({"bij_mandate"})})
DIRECTOR = Person("p-7002", "Els de Boer", HOUSE, {HOUSE: frozenset({"process_director"})})
TYPED = {"about": "Zeno Quispelaar, 1981", "question": "Is hij bij u bekend?"}


def question(**differently: Any) -> dict[str, Any]:
    return {
        **{"questionId": QUESTION, "partner": "gemeente-gouda", "state": "asked", "askedBy": "Daan Kuipershoek"},
        **{"askedAt": "2026-11-27T09:00:00Z", "answeredBy": None, "answeredAt": None, "advice": None, **TYPED},
        **differently,
    }


ANSWERED = {"state": "answered", "answeredBy": "Els de Boer", "answeredAt": "2026-11-27T11:00:00Z"}


def answers() -> dict[tuple[str, str], Any]:
    return {("intake", PATH): {"items": [question()]}, ("intake", f"{PATH}/{QUESTION}"): question()}


def test_a_municipality_asks_and_reads_the_advice(desk: Desk) -> None:
    desk.sign_in(DAAN)
    desk.services.answers |= answers()
    page = desk.get("/bij-questions").text
    assert [words for words in ("nog niet beantwoord", "Gouda", "Daan Kuipershoek") if words not in page] == []
    desk.services.results["intake", PATH] = Done(question())
    assert desk.send("/bij-questions", "/bij-questions", **TYPED).location == "/bij-questions"
    [(_, _, body, _, _)] = desk.services.commands
    assert body == TYPED
    assert "Het huis heeft nog niet geantwoord" in desk.get(PAGE).text
    desk.services.answers["intake", f"{PATH}/{QUESTION}"] = question(advice="Laat de wijkagent langsgaan.", **ANSWERED)
    shown = desk.get(PAGE).text
    assert "Laat de wijkagent langsgaan." in shown
    assert "<textarea" not in shown


def test_the_house_answers_and_hears_what_is_wrong(desk: Desk) -> None:
    desk.sign_in(DIRECTOR)
    desk.services.answers |= answers()
    assert "Vraag het huis" not in desk.get("/bij-questions").text
    command = "intake", f"{PATH}/{QUESTION}/answer"
    desk.services.results[command] = Refused(409, (Problem("advice", "was given", "answered_before"),))
    assert "heeft intussen geantwoord" in desk.send(PAGE, PAGE, advice="Bekend.").text
    desk.services.results[command] = Done(question())
    assert desk.send(PAGE, PAGE, advice="Bekend.").location == PAGE
    desk.services.answers["intake", f"{PATH}/{QUESTION}"] = Missing("intake", "not_found")
    assert desk.get(PAGE).status_code == 404
