"""Wie zag wat: the looks at a case, for the privacy officer."""

from typing import Any

from desk.services import Missing
from desk.sessions.rules import Person
from desk.tests.given import HOUSE, Desk
from desk.tests.given_briefing import FIRST
from desk.tests.test_relations import SUBJECT

PRIVACY = Person("p-4410", "Lotte Vermeer", HOUSE, {HOUSE: frozenset({"privacy_officer"})})
CASE = "8" + FIRST[1:]
PAGE, PATH = f"/disclosures/{CASE}", ("intake", f"/v1/cases/{CASE}/disclosures")


def look(**differently: Any) -> dict[str, Any]:
    return {
        "position": 7,
        "disclosedTo": "p-7f3a",
        "name": "Nadia Bakker",
        "organisation": HOUSE,
        "purpose": "briefing",
        "disclosedAt": "2026-11-24T08:05:00Z",
        "contributionId": None,
        "kind": None,
        **differently,
    }


OF_TEXT = look(position=8, contributionId=FIRST, kind="offence", purpose="focus")
OF_PARTNER = look(disclosedTo=f"{HOUSE}.exodus", name=None, organisation=None, purpose="trajectory")


def answers(next: int | None = None) -> dict[tuple[str, str], Any]:
    return {PATH: {"subjectId": SUBJECT, "items": [OF_TEXT, look(), OF_PARTNER], "next": next}}


def test_each_look_is_shown_with_who_what_for_what_and_when(desk: Desk) -> None:
    desk.sign_in(PRIVACY)
    desk.services.answers |= answers(next=6)
    page = desk.get(PAGE).text
    for words in (
        *("Nadia Bakker", "Hollands Midden", "24 nov 2026 09:05", "Briefing", "wie het is"),
        f'href="/subjects/{SUBJECT}/forgetting"',
        *("Delict", "Focusoverleg", f"{HOUSE}.exodus", "Traject", "before=6"),
    ):
        assert words in page, words


def test_the_number_of_a_case_leads_to_its_looks_and_what_is_no_number_is_said(desk: Desk) -> None:
    desk.sign_in(PRIVACY)
    assert desk.get(f"/disclosures?case={CASE}").location == PAGE
    assert "geen zaaknummer" in desk.get("/disclosures?case=Jansen").text


def test_a_case_that_is_not_known_does_not_exist_and_the_page_says_when_intake_is_down(desk: Desk) -> None:
    desk.sign_in(PRIVACY)
    assert desk.get(PAGE).status_code == 200
    assert "niet beschikbaar" in desk.get(PAGE).text
    desk.services.answers[PATH] = Missing("intake", "not_found")
    assert desk.get(PAGE).status_code == 404
