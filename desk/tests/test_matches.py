"""Mogelijke dubbelen: two records side by side, merged, kept apart, and separated by two people."""

from typing import Any

import pytest

from desk.services import Done, Missing, Problem, Refused
from desk.tests.given import Desk
from desk.tests.test_feedback import OFFICER

MATCH, DECIDED = (f"018f2c3e-7a4b-7c1d-9e2f-0000000000{each}" for each in ("b1", "b2"))
PAGE, PATH = f"/matches/{MATCH}", f"/v1/matches/{MATCH}"
DECISIONS = "intake", f"{PATH}/decisions"
BECAUSE = "Zelfde adres en dezelfde moeder."
EVIDENCE = {
    "bsn": "unknown",
    "identifiers": "unknown",
    "familyName": "alike",
    "givenNames": "agree",
    "birthDate": "agree",
    "members": "unknown",
    "sex": "agree",
    "municipality": "differ",
}


def line(id: str = MATCH, **differently: Any) -> dict[str, Any]:
    shown = {"matchId": id, "state": "proposed", "band": "sure", "score": 95, "evidence": EVIDENCE}
    return {**shown, "proposedAt": "2026-11-30T09:05:00Z", **differently}


def record(family_name: str, municipality: str) -> dict[str, Any]:
    details: dict[str, Any] = {
        "kind": "person",
        "familyName": family_name,
        "givenNames": "Piet",
        "birthDate": "1990-02-03",
    }
    details |= {"sex": "man", "municipality": municipality, "bsn": None, "identifiers": None}
    claim = {"partner": "nationale-politie", "statedAt": "2026-11-24T09:05:00Z", "said": details}
    return {"subjectId": MATCH, "caseId": DECIDED, "details": details, "claims": [claim]}


def match(**differently: Any) -> dict[str, Any]:
    two = {"first": record("Jansen", "Leiden"), "other": record("Jasnen", "Gouda")}
    return {**line(), **two, "version": 1, "decisions": [], "needsOtherPerson": False, **differently}


def answers() -> dict[tuple[str, str], Any]:
    """Of intake: one pair to decide, one that is merged."""
    lists = {"waiting": [line()], "decided": [line(DECIDED, state="merged")]}
    return {("intake", "/v1/matches"): lists, ("intake", PATH): match()}


def decided(decision: str, by: str = "Samira Haddad") -> dict[str, Any]:
    return {"decision": decision, "decidedBy": by, "decidedAt": "2026-11-30T09:15:00Z", "because": BECAUSE}


@pytest.fixture
def officer(desk: Desk) -> Desk:
    desk.services.answers |= answers()
    desk.sign_in(OFFICER)
    return desk


def test_the_list_says_how_likely_a_pair_is_and_why_and_no_names(officer: Desk) -> None:
    page = officer.get("/matches").text
    assert "heel waarschijnlijk één (95)" in page
    assert "Achternaam: lijkt erop; Voornamen: hetzelfde" in page
    assert "één persoon" in page
    assert "Jansen" not in page


def test_two_records_stand_side_by_side_with_who_said_what(officer: Desk) -> None:
    page = officer.get(PAGE).text
    assert all(each in page for each in ("Jansen", "Jasnen", "Leiden", "Gouda", "lijkt erop", "verschilt"))
    assert "3 februari 1990" in page
    assert "Nationale Politie" in page


@pytest.mark.parametrize(
    ("state", "offered", "not_offered"),
    [
        ("proposed", ["merge", "keep_apart"], ["separate"]),
        ("merged", ["ask_separation"], ["separate", "merge"]),
        ("separation_asked", ["separate", "stay_merged"], ["merge"]),
        ("kept_apart", ["take_back"], ["merge"]),
    ],
)
def test_what_can_be_decided_follows_from_the_state(
    officer: Desk, state: str, offered: list[str], not_offered: list[str]
) -> None:
    officer.services.answers["intake", PATH] = match(state=state)
    page = officer.get(PAGE).text
    assert all(f'value="{decision}"' in page for decision in offered)
    assert not any(f'value="{decision}"' in page for decision in not_offered)


def test_who_asked_for_a_separation_is_not_offered_to_confirm_it(officer: Desk) -> None:
    asked = match(state="separation_asked", needsOtherPerson=True, decisions=[decided("ask_separation")])
    officer.services.answers["intake", PATH] = asked
    page = officer.get(PAGE).text
    assert 'value="separate"' not in page
    assert "iemand anders moet haar bevestigen" in page


def test_a_decision_goes_to_intake_with_its_reason_and_the_version_that_was_seen(officer: Desk) -> None:
    officer.services.results[DECISIONS] = Done(None)
    answer = officer.send(PAGE, PAGE, decision="merge", because=BECAUSE)
    assert answer.headers["Location"] == PAGE
    assert [command[1:3] for command in officer.services.commands] == [
        (f"{PATH}/decisions", {"decision": "merge", "because": BECAUSE})
    ]


def test_nothing_is_decided_without_a_reason(officer: Desk) -> None:
    answer = officer.send(PAGE, PAGE, decision="merge")
    assert (answer.status_code, officer.services.commands) == (422, [])


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (412, "outdated", "Iemand anders heeft intussen besloten"),
        (409, "kept_apart", "Neem dat besluit eerst terug"),
        (403, "second_person_needed", "iemand anders moet haar bevestigen"),
    ],
)
def test_a_refusal_is_said_in_words(officer: Desk, status: int, code: str, words: str) -> None:
    officer.services.results[DECISIONS] = Refused(status, (Problem("decision", "no", code),))
    answer = officer.send(PAGE, PAGE, decision="merge", because=BECAUSE)
    assert (answer.status_code, words in answer.text) == (status, True)


def test_without_an_answer_it_is_said_that_nothing_is_certain(officer: Desk) -> None:
    officer.services.results[DECISIONS] = Missing("intake", "no_answer")
    answer = officer.send(PAGE, PAGE, decision="merge", because=BECAUSE)
    assert (answer.status_code, "Het is niet bekend" in answer.text) == (503, True)


def found(*names: str) -> dict[str, Any]:
    ids = (MATCH, DECIDED)
    shown = [{**record(name, "Leiden"), "subjectId": id} for id, name in zip(ids, names, strict=False)]
    return {"alike": [{key: each[key] for key in ("subjectId", "caseId", "details")} for each in shown]}


def test_two_who_are_found_become_a_pair(officer: Desk) -> None:
    officer.services.answers["intake", "/v1/subjects/like"] = found("Jansen", "Jasnen")
    officer.services.results["intake", "/v1/matches"] = Done({"matchId": MATCH})
    page = officer.send("/matches", "/matches/search", family_name="Jansen", birth_date="1990")
    assert "Piet Jansen, 3 februari 1990, Leiden" in page.text
    chosen = officer.post_form(page.text, "/matches/pair", subject_ids=[MATCH, DECIDED])
    assert chosen.headers["Location"] == PAGE
    assert [command[2] for command in officer.services.commands] == [{"subjectId": MATCH, "otherId": DECIDED}]


def test_somebody_is_searched_by_another_number_or_as_a_family(officer: Desk) -> None:
    officer.services.answers["intake", "/v1/subjects/like"] = found("Jansen")
    officer.send("/matches", "/matches/search", number=" 280.123.4567 ")
    officer.send("/matches", "/matches/search", whom="family", family_name="Bos", municipality="Leiden")
    assert officer.services.bodies == [
        {"about": {}, "number": "280.123.4567", "purpose": "intake"},
        {"about": {"kind": "family", "familyName": "Bos", "municipality": "Leiden"}, "purpose": "intake"},
    ]


def test_nobody_is_searched_without_a_name_or_number_and_one_is_no_pair(officer: Desk) -> None:
    assert officer.send("/matches", "/matches/search", given_names=" ").status_code == 422
    officer.services.answers["intake", "/v1/subjects/like"] = found("Jansen", "Jasnen")
    page = officer.send("/matches", "/matches/search", bsn="999990019")
    assert officer.post_form(page.text, "/matches/pair", subject_ids=[MATCH]).status_code == 422
