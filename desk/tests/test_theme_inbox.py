"""Thema-postvak: what the role of a sealed theme sees and decides, and nobody else."""

from dataclasses import replace
from typing import Any

import pytest

from desk.houses import Theme
from desk.services import Done, Missing, Problem, Refused
from desk.sessions.rules import Person
from desk.tests.conftest import HOUSES
from desk.tests.given import HOUSE, Desk
from desk.tests.given_briefing import FIRST

THEME = Person("p-7711", "Yara de Wit", HOUSE, {HOUSE: frozenset({"theme_role"})})
LIST, ONE = "/v1/sealed-referrals", f"/v1/sealed-referrals/{FIRST}"
OWN = Theme(code="trafficking", name="Mensenhandel", role="theme_role_trafficking")
PAGE = f"/referrals/{FIRST}/sealing"
ITEM: dict[str, Any] = {
    "referralId": FIRST,
    "kind": "current_referral",
    "theme": "radicalisation",
    "referrer": "nationale-politie",
    "receivedOn": "2026-11-20",
    "municipality": "Leiden",
    "sealedAt": None,
    "unsealedAt": None,
    "seen": True,
}
WAITS = {"sender": f"{HOUSE}.nationale-politie", "parkedAt": "2026-11-21T09:00:00Z", "again": True}
WHOLE = ITEM | {
    "details": {
        "kind": "person",
        "familyName": "Geheimbeek",
        "givenNames": "Jo",
        "birthDate": "1991-01-02",
        "bsn": None,
    },
    "texts": [
        {
            "kind": "concern",
            "text": "Werft vrienden.",
            "organisation": "nationale-politie",
            "writtenAt": "2026-11-20T09:00:00Z",
        }
    ],
    "sealedBy": None,
    "unsealedBy": None,
    "became": None,
    "looks": [{"at": "2026-11-21T09:00:00Z", "actorName": "Yara de Wit", "operation": "show_sealed_referral"}],
}


def answers(referral_id: str = FIRST) -> dict[tuple[str, str], Any]:
    about = {name: ITEM[name] for name in ("referralId", "kind", "referrer", "receivedOn")}
    return {
        ("intake", LIST): {"items": [ITEM, ITEM | {"sealedAt": "2026-11-21T09:00:00Z"}], "waiting": [WAITS]},
        ("intake", f"{LIST}/{referral_id}"): WHOLE | {"referralId": referral_id},
        ("intake", f"/v1/referrals/{referral_id}"): about,
    }


def asked(desk: Desk) -> Desk:
    desk.sign_in(THEME)
    desk.services.answers |= answers()
    return desk


def test_the_inbox_lists_referrals_without_names_and_one_is_shown_whole(desk: Desk) -> None:
    page = asked(desk).get("/theme-inbox").text
    for words in ("Thema-postvak", "Radicalisering", "afgeschermd binnengekomen", "later afgeschermd"):
        assert words in page, words
    assert "Geheimbeek" not in page
    page = desk.get(f"/theme-inbox/{FIRST}").text
    for words in ("Geheimbeek", "Werft vrienden.", "Yara de Wit", "bekeek de melding"):
        assert words in page, words


def test_what_nobody_has_looked_at_is_marked(desk: Desk) -> None:
    inbox, unsealed = asked(desk).services.answers["intake", LIST], {"unsealedAt": "2026-11-21T09:00:00Z"}
    assert "nog niet bekeken" not in desk.get("/theme-inbox").text
    inbox["items"] = [ITEM | {"seen": False}, ITEM | {"seen": False} | unsealed]
    assert desk.get("/theme-inbox").text.count("nog niet bekeken") == 1


def test_a_referral_is_sealed_with_theme_and_reason(desk: Desk) -> None:
    asked(desk).services.results["intake", LIST] = Done(None)
    assert "Zeg waarom." in desk.send(PAGE, PAGE, theme="radicalisation").text
    answer = desk.send(PAGE, PAGE, theme="radicalisation", because="Werft vrienden.")
    assert answer.location == f"/theme-inbox/{FIRST}"
    _, path, body, *_ = desk.services.commands[-1]
    assert (path, body) == (LIST, {"because": "Werft vrienden.", "referralId": FIRST, "theme": "radicalisation"})


def test_of_two_themes_an_officer_seals_in_the_own_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    themes = (Theme(code="radicalisation", name="Radicalisering"), OWN)
    house = replace(HOUSES[HOUSE], sealed_themes=themes)
    monkeypatch.setattr("desk.theme_inbox.views.own_house", lambda: house)
    asked(desk)
    assert "Radicalisering" in desk.get(PAGE).text and "Mensenhandel" not in desk.get(PAGE).text
    desk.sign_in(replace(THEME, functions={HOUSE: frozenset({OWN.role})}))
    assert "Mensenhandel" in desk.get(PAGE).text and "Radicalisering" not in desk.get(PAGE).text
    assert "functionaris voor een afgeschermd thema" in desk.get("/about-me").text


def test_what_was_decided_on_is_not_sealed_and_the_page_says_why(desk: Desk) -> None:
    problem = Problem("referralId", "was decided on", "already_decided_on")
    asked(desk).services.results["intake", LIST] = Refused(409, (problem,))
    page = desk.send(PAGE, PAGE, theme="radicalisation", because="Werft vrienden.")
    assert "Het weegteam heeft hierover besloten" in page.text


def test_a_referral_is_unsealed_with_a_reason(desk: Desk) -> None:
    asked(desk).services.results["intake", f"{ONE}/unsealing"] = Done({"referralId": FIRST})
    answer = desk.send(f"/theme-inbox/{FIRST}", f"/theme-inbox/{FIRST}", because="Een andere Jo.")
    assert answer.location == "/theme-inbox"


def test_what_could_not_be_taken_is_taken_again(desk: Desk) -> None:
    asked(desk).services.results["intake", "/v1/sealed-messages/replays"] = Done(None)
    assert desk.send("/theme-inbox", "/theme-inbox").location == "/theme-inbox"


def test_for_others_there_is_no_inbox(desk: Desk) -> None:
    desk.services.answers["intake", LIST] = Missing("intake", "not_allowed")
    desk.sign_in(Person("p-1", "Ilse", HOUSE, {HOUSE: frozenset({"intake_officer", "privacy_officer"})}))
    assert desk.get("/theme-inbox").status_code == 403
    assert desk.get(PAGE).status_code == 403
    assert "Thema-postvak" not in desk.get("/about-me").text
