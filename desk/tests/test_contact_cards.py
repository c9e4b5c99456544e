"""Contactpersonen: who of a partner can be called, and where that is shown."""

from typing import TYPE_CHECKING, Any

import pytest

from desk.services import Done, Missing, Problem, Refused
from desk.sessions.rules import Person
from desk.tests.given import Desk
from desk.tests.given_briefing import page_of
from desk.tests.given_contact import answers as of_contact
from desk.tests.given_questions import BRAM, WOUTER
from desk.tests.given_questions import answers as of_questions
from desk.tests.test_feedback import OFFICER, OWED
from desk.tests.test_feedback import answers as of_feedback
from desk.tests.test_follow_ups import OVERDUE
from shared.testing.browser import look_at

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CARD, GONE = (f"918f2c3e-7a4b-7c1d-9e2f-0000000000{each}" for each in ("d1", "d2"))
LIST, CHANGES = ("intake", "/v1/contact-cards"), ("intake", f"/v1/contact-cards/{CARD}/changes")
REMOVAL = ("intake", f"/v1/contact-cards/{CARD}/removal")
PAGES, NEW, PAGE = "/contact-cards", "/contact-cards/new", f"/contact-cards/{CARD}"
LEAVE = {"firstDay": "2026-12-21", "lastDay": "2027-01-04", "standIn": "Bram Lindenhof, 071-516 51 66"}
FILLED = {"name": "Els Bos", "phone": "0182-588 211"}


def card(id: str, partner: str, **differently: Any) -> dict[str, Any]:
    said = {
        "name": "Nadia Ouarraki",
        "function": "consulent",
        "phone": "071-516 51 65",
        "mail": None,
        "hours": "ma, di",
    }
    kept = {"keptBy": "Wouter Hoekzema", "keptAt": "2026-11-20T08:30:00Z"}
    return {
        "contactCardId": id,
        "version": 3,
        "partner": partner,
        "card": {**said, "away": None, **differently},
        **kept,
    }


def answers() -> dict[tuple[str, str], Any]:
    """Of intake: a contact who is on leave, and one of a partner that the house has no more."""
    return {LIST: {"items": [card(CARD, "gemeente-leiden", away=LEAVE), card(GONE, "stichting-oud", name="Jan Vis")]}}


@pytest.fixture
def cards(desk: Desk) -> Desk:
    """With an information coordinator who is signed in."""
    desk.sign_in(WOUTER)
    desk.services.answers |= answers()
    desk.services.results |= {LIST: Done({}), CHANGES: Done({}), REMOVAL: Done(None)}
    return desk


def test_who_can_be_called_stands_by_partner_with_who_takes_over(cards: Desk) -> None:
    page = cards.get(PAGES).text
    for shown in ("Gemeente Leiden", "Nadia Ouarraki (consulent)", "071-516 51 65", LEAVE["standIn"], f'href="{PAGE}"'):
        assert shown in page, shown
    assert page.count('data-heading="Afwezig"') == 1, "of who is there, nothing"
    assert page.index("stichting-oud") < page.index("geen partner van het huis meer") < page.index("Jan Vis")
    cards.services.answers[LIST] = Missing("intake", "no_answer")
    assert "Contactpersonen" in cards.get(PAGES).text


def test_a_contact_is_added_and_what_is_wrong_stands_at_its_field(cards: Desk) -> None:
    away = {"first_day": "2026-12-21", "last_day": "2027-01-04", "stand_in": LEAVE["standIn"]}
    assert cards.send(NEW, NEW, partner="gemeente-gouda", **FILLED, **away).headers["Location"] == PAGES
    assert cards.services.commands[-1][2] == {**FILLED, "away": LEAVE, "partner": "gemeente-gouda"}
    wrong = (Problem("phone", "", "not_a_phone_number"), Problem("away.lastDay", "", "too_early"))
    cards.services.results[LIST] = Refused(422, wrong)
    refused = cards.send(NEW, NEW, partner="gemeente-gouda", **FILLED)
    assert (refused.status_code, "De laatste dag is voor de eerste." in refused.text) == (422, True)
    assert 'href="#phone"' in refused.text
    assert 'href="#last_day"' in refused.text


def test_a_contact_that_somebody_else_changed_meanwhile_is_sent_again_with_its_new_version(cards: Desk) -> None:
    assert 'value="071-516 51 65"' in cards.get(PAGE).text
    cards.services.results[CHANGES] = Refused(412, (Problem("If-Match", "", "outdated"),))
    outdated = cards.send(PAGE, PAGE, version="2", **FILLED)
    assert "Iemand anders heeft deze contactpersoon intussen gewijzigd" in outdated.text
    assert 'value="3"' in outdated.text
    cards.services.results[CHANGES] = Done({})
    assert cards.post_form(outdated.text, PAGE, version="3", **FILLED).status_code == 303
    *_, told, _, version = cards.services.commands[-1]
    assert (told, version) == (FILLED, 3)


def test_whoever_left_is_removed_once(cards: Desk) -> None:
    assert cards.send(PAGE, f"{PAGE}/removal").headers["Location"] == PAGES
    text = cards.get(PAGE).text
    cards.services.answers[LIST] = {"items": []}
    cards.services.results[REMOVAL] = Refused(404, (Problem("contactCardId", "", "unknown_contact_card"),))
    assert (
        "Iemand anders heeft deze contactpersoon intussen verwijderd" in cards.post_form(text, f"{PAGE}/removal").text
    )
    assert cards.get(PAGE).status_code == 404


def test_a_municipal_contact_keeps_those_of_the_own_organisation(cards: Desk) -> None:
    cards.sign_in(BRAM)
    page = cards.get(NEW).text
    assert 'value="gemeente-leiden"' in page
    assert 'value="gemeente-gouda"' not in page


@pytest.mark.parametrize(
    ("person", "path", "partner"),
    [
        (WOUTER, "/questions", "Gemeente Leiden"),
        (WOUTER, "/follow-ups", "Reclassering Nederland"),
        (OFFICER, "/feedback", "Gemeente Leiden"),
        (OFFICER, f"/feedback/{OWED}", "Gemeente Leiden"),
        (OFFICER, "/contact-moments/new", "Gemeente Leiden"),
    ],
)
def test_where_somebody_has_to_be_called_it_says_whom(cards: Desk, person: Person, path: str, partner: str) -> None:
    cards.services.answers |= of_questions() | of_feedback() | of_contact() | answers()
    cards.services.answers |= {("weighing", "/v1/follow-ups"): page_of(OVERDUE), ("weighing", "/v1/people"): page_of()}
    cards.services.answers[LIST]["items"].append(card(GONE, "reclassering-nederland"))
    cards.sign_in(person)
    page = cards.get(path).text
    assert f"Wie te bellen bij {partner}" in page
    assert "Nadia Ouarraki (consulent): 071-516 51 65, ma, di" in page


def test_the_pages_in_every_window(browser: "Browser", served: tuple[Desk, str]) -> None:
    desk, address = served
    desk.sign_in(WOUTER)
    desk.services.answers |= answers()
    look_at(browser, f"{address}{PAGES}", "contact-cards", storage_state=desk.state)
    look_at(browser, f"{address}{PAGE}", "contact-card", storage_state=desk.state)
