"""Uitvragen: a municipality answers, and the information coordinator sees what is outstanding."""

from typing import TYPE_CHECKING, Any

import pytest

from desk.services import Done, Missing, Problem, Refused
from desk.tests.given import Desk
from desk.tests.given_briefing import FIRST, ON, SECOND, referral
from desk.tests.given_questions import (
    ANSWER,
    ANSWERED,
    ASKING,
    BRAM,
    LATE,
    OPEN,
    PAGE,
    WOUTER,
    answers,
    question,
    told_late,
)
from desk.tests.test_contact_cards import answers as of_cards
from shared.testing.browser import PHONES, Window, assert_fits, look_at, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FILLED = {"answer_housing": "known", "text_housing": "Heeft een huurachterstand."}
ASKED = ("weighing", f"/v1/referrals/{FIRST}/information-requests")


@pytest.fixture
def inbox(desk: Desk) -> Desk:
    """Of a municipal contact who is signed in."""
    desk.sign_in(BRAM)
    desk.services.answers |= answers()
    desk.services.results[ANSWER] = Done({})
    return desk


def outstanding() -> list[Any]:
    """At two briefings, of two partners."""
    later = question(ANSWERED, SECOND, partner="gemeente-gouda", briefingOn="2026-12-01")
    return [later, question(OPEN, FIRST, overdue=True), question(OPEN, SECOND, answerBy="2026-11-25")]


def send(desk: Desk, **fields: Any) -> Any:
    return desk.post_form(desk.get(PAGE).text, PAGE, **fields)


def test_the_inbox_shows_what_is_asked_and_what_was_decided(inbox: Desk) -> None:
    text = inbox.get("/questions").text
    assert f'href="{PAGE}"' in text
    assert "Şükran Yılmaz-van den Heuvel" in text
    assert "te laat" in text
    assert "Bilateraal afhandelen" in text


def test_what_is_asked_stands_with_its_service(inbox: Desk) -> None:
    text = inbox.get(PAGE).text
    assert "Hoe is de woonsituatie, en dreigt er een ontruiming?" in text
    assert "Mag niet delen: Beroepsgeheim" in text


def test_what_came_after_the_decision_is_read_by_the_coordinator_in_one_click(inbox: Desk) -> None:
    read = {"endedOn": "2026-11-28", "readBy": "Wouter Hoekzema"}
    told = told_late({"guard": "local_approach"}, read, {"endedOn": "2026-11-28"})
    inbox.services.answers["weighing", f"/v1/information-requests/{OPEN}/late-information"] = told
    assert "Verteld na het besluit" not in inbox.get(PAGE).text, "a partner knows what it told"
    inbox.sign_in(WOUTER)
    page = inbox.get(PAGE).text
    for words in ("loopt daar: Lokale aanpak", "gelezen door Wouter Hoekzema, 28 nov 2026", "anderen hebben het"):
        assert words in page, words
    assert page.count("Gelezen<span") == 1
    reading = ("weighing", f"/v1/late-information/{LATE}/reading")
    inbox.services.results[reading] = Done({})
    assert inbox.send(PAGE, f"{PAGE}/late-information/{LATE}").headers["Location"] == PAGE
    assert [command[:2] for command in inbox.services.commands] == [reading]


def test_an_answer_per_service_goes_to_intake(inbox: Desk) -> None:
    secret = {"answer_public_order": "may_not_share:no_consent", "contact_name": "Bram", "contact_phone": ""}
    assert send(inbox, **FILLED, **secret).headers["Location"] == "/questions"
    [(*to, body, _, _)] = inbox.services.commands
    assert tuple(to) == ANSWER
    assert body == {
        "services": [
            {"service": "housing", "answer": "known", "text": "Heeft een huurachterstand."},
            {"service": "public_order", "answer": "may_not_share", "ground": "no_consent"},
        ],
        "contact": {"name": "Bram"},
    }


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(inbox: Desk) -> None:
    assert "Geef het antwoord van minstens één dienst." in send(inbox).text
    problem = Problem("services[0].text", "Must not hold a BSN", "bsn_in_text")
    inbox.services.results[ANSWER] = Refused(422, (problem,))
    answer = send(inbox, **FILLED)
    assert answer.status_code == 422
    assert 'href="#text_housing"' in answer.text
    assert FILLED["text_housing"] in answer.text


def test_the_second_contact_sees_the_answer_and_who_gave_it(inbox: Desk) -> None:
    text = inbox.get(f"/questions/{ANSWERED}").text
    for shown in ("Heeft een huurachterstand.", "Nadia, 0715 165 165", "Nadia Ouarraki", "Geen toestemming"):
        assert shown in text
    assert "Antwoord aanvullen" in text


def test_without_weighing_the_pages_say_so(inbox: Desk) -> None:
    missing = Missing("weighing", "no_answer")
    inbox.services.answers |= dict.fromkeys((key for key in answers() if key[0] == "weighing"), missing)
    assert "Te beantwoorden" in inbox.get("/questions").text
    assert inbox.get(PAGE).status_code == 200


def test_the_information_coordinator_sees_what_is_outstanding_and_records_who_said_what(inbox: Desk) -> None:
    inbox.sign_in(WOUTER)
    text = inbox.get("/questions").text
    assert "Openstaand" in text
    assert "Gemeente Leiden" in text
    assert "Zeg wie het zei." in send(inbox, **FILLED).text
    assert send(inbox, **FILLED, contact_name="Hanneke Vlietstra").status_code == 303


def test_what_is_outstanding_stands_by_briefing_and_by_contact(inbox: Desk) -> None:
    inbox.sign_in(WOUTER)
    inbox.services.answers["weighing", "/v1/information-requests"] = {"items": outstanding()}
    text = inbox.get("/questions").text
    order = [
        "Briefing van dinsdag 24 november 2026 in Holland Rijnland",
        "Gemeente Leiden: 2 openstaand",
        "Briefing van dinsdag 1 december 2026 in Holland Rijnland",
        "Gemeente Gouda: 1 openstaand",
    ]
    assert [text.index(each) for each in order] == sorted(text.index(each) for each in order)
    assert f'href="/briefings/Holland%20Rijnland/{ON}"' in text


def test_the_information_coordinator_sees_whom_to_call_and_a_partner_does_not(inbox: Desk) -> None:
    to_call = question(OPEN, FIRST, toCall=True)
    inbox.services.answers["weighing", "/v1/information-requests"] = {"items": [to_call]}
    inbox.services.answers["weighing", f"/v1/information-requests/{OPEN}"] = to_call
    inbox.services.answers |= of_cards()
    pages = ("/questions", PAGE)
    assert not any("> bellen<" in inbox.get(page).text for page in pages)
    inbox.sign_in(WOUTER)
    assert all("> bellen<" in inbox.get(page).text for page in pages)
    assert "Nadia Ouarraki" in inbox.get(PAGE).text


def test_of_what_is_outstanding_one_municipality_can_be_chosen_of_those_that_occur(inbox: Desk) -> None:
    inbox.sign_in(WOUTER)
    gouda = question(ANSWERED, SECOND, municipality="Gouda")
    inbox.services.answers["weighing", "/v1/information-requests"] = {"items": [question(OPEN, FIRST), gouda]}
    text = inbox.get("/questions").text
    assert (text.count("<option>Gouda</option>"), text.count("<option>Leiden</option>")) == (1, 1)
    chosen = inbox.get("/questions?municipality=Gouda").text
    assert "<option selected>Gouda</option>" in chosen
    assert f'href="/questions/{ANSWERED}"' in chosen
    assert f'href="{PAGE}"' not in chosen
    assert "Niets van deze gemeente" in inbox.get("/questions?municipality=Zoeterwoude").text


def test_the_information_coordinator_asks_another_partner(inbox: Desk) -> None:
    inbox.sign_in(WOUTER)
    inbox.services.answers["weighing", f"/v1/referrals/{FIRST}"] = referral(FIRST)
    assert f'href="{ASKING}"' in inbox.get(PAGE).text
    filled = inbox.get(f"{ASKING}?partner=gemeente-gouda&question=benefits").text
    assert 'selected value="gemeente-gouda"' in filled
    assert 'selected value="benefits"' in filled
    inbox.services.results[ASKED] = Refused(409, (Problem("partner", "is asked already", "already_asked"),))
    wanted = {"partner": "gemeente-gouda", "services": ["housing"]}
    assert "Deze partner is al gevraagd" in inbox.send(ASKING, ASKING, **wanted).text
    inbox.services.results[ASKED] = Done({})
    assert inbox.send(ASKING, ASKING, **wanted).status_code == 303
    assert inbox.services.commands[-1][2] == wanted


def test_a_municipality_answers_on_a_phone(browser: "Browser", served: tuple[Desk, str]) -> None:
    desk, address = served
    desk.sign_in(BRAM)
    desk.services.answers |= answers()
    desk.services.results[ANSWER] = Done({})
    with opened(browser, Window(PHONES[0]), storage_state=desk.state) as page:
        page.goto(f"{address}/questions")
        page.get_by_role("link", name="Şükran Yılmaz-van den Heuvel").first.click()
        page.get_by_role("group", name="Wonen").get_by_label("Bekend", exact=True).check()
        page.locator("#text_housing").fill("Heeft een huurachterstand.")
        assert_fits(page)
        page.get_by_role("button", name="Versturen").click()
        page.get_by_role("heading", name="Te beantwoorden").wait_for()
    [(*to, body, _, _)] = desk.services.commands
    assert tuple(to) == ANSWER
    assert body["services"] == [{"service": "housing", "answer": "known", "text": "Heeft een huurachterstand."}]


def test_the_pages_in_every_window(browser: "Browser", served: tuple[Desk, str]) -> None:
    desk, address = served
    desk.sign_in(BRAM)
    desk.services.answers |= answers()
    look_at(browser, f"{address}/questions/{ANSWERED}", "question", storage_state=desk.state)
    desk.sign_in(WOUTER)
    desk.services.answers |= of_cards()
    desk.services.answers["weighing", "/v1/information-requests"] = {"items": outstanding()}
    look_at(browser, f"{address}/questions", "questions", storage_state=desk.state)
    told = told_late({"guard": "local_approach"}, {"endedOn": ON, "readBy": "Wouter Hoekzema"})
    desk.services.answers["weighing", f"/v1/information-requests/{ANSWERED}/late-information"] = told
    look_at(browser, f"{address}/questions/{ANSWERED}", "question-told-late", storage_state=desk.state)
