"""Leden en relaties: who belongs with somebody, found by a search, recorded, ended, or withdrawn as a mistake."""

from typing import Any

import pytest

from desk.services import Done, Missing, Problem, Refused
from desk.tests.given import Desk
from desk.tests.test_feedback import OFFICER

SUBJECT, MOTHER, RELATION = (f"018f2c3e-7a4b-7c1d-9e2f-0000000000{each}" for each in ("c1", "c2", "c3"))
PATH = f"/v1/subjects/{SUBJECT}"
PAGE = f"/subjects/{SUBJECT}/relations"
ONE = f"{PAGE}/{RELATION}"
LIKE = ("intake", "/v1/subjects/like")


def person(subject_id: str, given_names: str, **details: Any) -> dict[str, Any]:
    told = {"kind": "person", "familyName": "Jansen", "givenNames": given_names, "municipality": "Leiden", **details}
    return {"subjectId": subject_id, "caseId": subject_id, "details": told}


def relation(**differently: Any) -> dict[str, Any]:
    return {
        "relationId": RELATION,
        "role": "parent",
        "other": person(MOTHER, "Els", birthDate="1960-01-02"),
        "since": "2012-03-01",
        "until": None,
        "source": "gemeente-leiden",
        "recordedBy": "Samira Haddad",
        "recordedAt": "2026-11-30T09:05:00Z",
        "endedBy": None,
        "withdrawnBy": None,
        "withdrawnAt": None,
        "because": None,
        **differently,
    }


def answers(*relations: dict[str, Any]) -> dict[tuple[str, str], Any]:
    return {
        ("intake", PATH): person(SUBJECT, "Piet"),
        ("intake", f"{PATH}/relations"): {"items": list(relations or [relation()])},
        LIKE: {"alike": [person(SUBJECT, "Piet"), person(MOTHER, "Els", birthDate="1960-01-02")]},
    }


@pytest.fixture
def officer(desk: Desk) -> Desk:
    desk.services.answers |= answers()
    desk.sign_in(OFFICER)
    return desk


def test_the_page_says_who_belongs_with_somebody_since_when_and_who_said_so(officer: Desk) -> None:
    page = officer.get(PAGE).text
    for words in ("ouder", "Els Jansen, 2 januari 1960, Leiden", "1 mrt 2012", "Gemeente Leiden", f'href="{ONE}"'):
        assert words in page, words


def test_what_ended_or_was_a_mistake_says_so_and_offers_no_end(officer: Desk) -> None:
    mistake = relation(withdrawnAt="2026-11-30T09:05:00Z", withdrawnBy="Samira Haddad", because="Verkeerd dossier.")
    officer.services.answers |= answers(relation(until="2020-05-01"), mistake)
    page = officer.get(PAGE).text
    for words in ("tot en met 1 mei 2020", "bij vergissing vastgelegd: Verkeerd dossier."):
        assert words in page, words
    assert page.count(f'href="{ONE}"') == 1
    assert "Leg het einde vast" not in officer.get(ONE).text


def test_somebody_who_is_found_is_recorded_with_what_they_are(officer: Desk) -> None:
    officer.services.results["intake", "/v1/relations"] = Done({"relationId": RELATION})
    page = officer.send(PAGE, f"{PAGE}#add", step="search", family_name="Jansen", birth_date="1960")
    assert "Els Jansen, 2 januari 1960, Leiden" in page.text
    assert f'value="{SUBJECT}"' not in page.text, "nobody belongs with themselves"
    chosen = {"step": "record", "chosen": MOTHER, "role": "parent", "since": "2012-03-01", "source": "gemeente-leiden"}
    answer = officer.post_form(page.text, f"{PAGE}#add", **chosen)
    assert answer.headers["Location"] == PAGE
    [command] = officer.services.commands
    assert command[2] == {
        "subjectId": SUBJECT,
        "otherId": MOTHER,
        "role": "parent",
        "since": "2012-03-01",
        "source": "gemeente-leiden",
    }


def test_somebody_whom_the_house_does_not_know_is_recorded_as_typed(officer: Desk) -> None:
    officer.services.results["intake", "/v1/relations"] = Done({"relationId": RELATION})
    typed = {"family_name": "Bos", "birth_date": "2-1-1960", "municipality": "Leiden"}
    officer.send(PAGE, f"{PAGE}#add", step="record", chosen="new", role="parent", **typed)
    [command] = officer.services.commands
    about = {"familyName": "Bos", "birthDate": "1960-01-02", "municipality": "Leiden"}
    assert command[2] == {"subjectId": SUBJECT, "role": "parent", "about": about}


def test_of_a_family_only_members_are_offered(officer: Desk) -> None:
    officer.services.answers["intake", PATH] = person(SUBJECT, "", kind="family")
    page = officer.send(PAGE, f"{PAGE}#add", step="search", family_name="Jansen").text
    assert 'value="member"' in page
    assert 'value="sibling"' not in page


def test_what_lacks_or_is_not_accepted_is_said_and_what_was_typed_stays(officer: Desk) -> None:
    page = officer.send(PAGE, f"{PAGE}#add", step="record", family_name="Bosveld")
    assert (page.status_code, page.text.count("Kies er één.") >= 2, "Bosveld" in page.text) == (422, True, True)
    assert officer.send(PAGE, f"{PAGE}#add", step="search").status_code == 422
    refused = Refused(409, (Problem("otherId", "", "with_itself"),))
    officer.services.results["intake", "/v1/relations"] = refused
    page = officer.send(PAGE, f"{PAGE}#add", step="record", family_name="B", chosen=MOTHER, role="sibling")
    assert (page.status_code, "Dit is dezelfde persoon" in page.text) == (409, True)


@pytest.mark.parametrize(
    ("typed", "path", "body"),
    [
        ({"until": "2020-05-01"}, "end", {"until": "2020-05-01"}),
        ({"because": "Verkeerd dossier."}, "withdrawal", {"because": "Verkeerd dossier."}),
    ],
)
def test_a_relation_is_ended_or_withdrawn(officer: Desk, typed: dict[str, str], path: str, body: Any) -> None:
    officer.services.results["intake", f"/v1/relations/{RELATION}/{path}"] = Done(None)
    page = officer.get(ONE).text
    part = page[page.index('id="ending"' if path == "end" else 'id="mistake"') :]
    assert officer.post_form(part, ONE, **typed).headers["Location"] == PAGE
    assert [command[1:3] for command in officer.services.commands] == [(f"/v1/relations/{RELATION}/{path}", body)]


def test_without_intake_or_the_relation_the_page_says_so(officer: Desk) -> None:
    assert officer.get(f"{PAGE}/{MOTHER}").status_code == 404
    officer.services.answers["intake", f"{PATH}/relations"] = Missing("intake", "no_answer")
    for page in (PAGE, ONE):
        assert "niet beschikbaar" in officer.get(page).text
