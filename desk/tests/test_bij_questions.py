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
        **{
            "askedAt": "2026-11-27T09:00:00Z",
            "answeredBy": None,
            "answeredAt": None,
            "advice": None,
            "supports": None,
            **TYPED,
        },
        **{"corrected": False, "earlier": []},
        **differently,
    }


ANSWERED = {"state": "answered", "answeredBy": "Els de Boer", "answeredAt": "2026-11-27T11:00:00Z"}


def corrected() -> dict[str, Any]:
    wrong = {
        "advice": "Onbekend.",
        "supports": False,
        "answeredBy": "Olga",
        "answeredAt": "2026-11-27T10:00:00Z",
        "because": "Een ander.",
    }
    earlier = [{**wrong, "supersededBy": "Els de Boer", "supersededAt": "2026-11-27T11:00:00Z"}]
    return question(advice="Laat de wijkagent langsgaan.", supports=True, corrected=True, earlier=earlier, **ANSWERED)


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
    assert "heeft intussen geantwoord" in desk.send(PAGE, PAGE, advice="Bekend.", supports="yes").text
    desk.services.results[command] = Done(question())
    assert desk.send(PAGE, PAGE, advice="Bekend.", supports="yes").location == PAGE
    desk.services.answers["intake", f"{PATH}/{QUESTION}"] = Missing("intake", "not_found")
    assert desk.get(PAGE).status_code == 404


def test_the_house_corrects_an_answer_and_both_are_shown(desk: Desk) -> None:
    desk.sign_in(DIRECTOR)
    desk.services.answers["intake", f"{PATH}/{QUESTION}"] = question(advice="Onbekend.", **ANSWERED)
    assert "Schrijf wat er niet klopte" in desk.send(PAGE, f"{PAGE}/correction", advice="Bekend.", supports="yes").text
    desk.services.results["intake", f"{PATH}/{QUESTION}/answer/correction"] = Done(corrected())
    right = {"advice": "Bekend.", "because": "Een ander."}
    assert desk.send(PAGE, f"{PAGE}/correction", supports="no", **right).location == PAGE
    [(_, _, body, _, _)] = desk.services.commands
    assert body == right | {"supports": False}
    desk.sign_in(DAAN)
    desk.services.answers |= {("intake", PATH): {"items": [corrected()]}, ("intake", f"{PATH}/{QUESTION}"): corrected()}
    assert "verbeterd, " in desk.get("/bij-questions").text
    shown = desk.get(PAGE).text
    told = "Laat de wijkagent langsgaan.", "Onbekend.", "Een ander.", "Het huis ondersteunt de gemeente niet."
    assert [words for words in (*told, "Het huis ondersteunt de gemeente.") if words not in shown] == []
    assert "<textarea" not in shown
