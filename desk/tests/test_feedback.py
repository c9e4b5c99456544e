"""Terugkoppeling: who is still to hear what was decided, and who was told."""

from dataclasses import replace
from typing import Any

import pytest

from desk.services import Done, Missing, Problem, Refused
from desk.sessions.rules import Person
from desk.tests.given import HOUSE, Desk
from desk.tests.given_briefing import FIRST, SECOND, named, subject_of
from shared.business_dates import today

OFFICER = Person("p-2201", "Samira Haddad", HOUSE, {HOUSE: frozenset({"intake_officer"})})
OWED = "718f2c3e-7a4b-7c1d-9e2f-0000000000f1"
TOLD = "718f2c3e-7a4b-7c1d-9e2f-0000000000f2"
PAGE, WITHDRAWAL = f"/feedback/{OWED}", f"/feedback/{TOLD}/withdrawal"
CALLER = f"/v1/feedback/{OWED}/caller"
OUTCOME = "intake", f"/v1/feedback/{OWED}/outcome"


def feedback(id: str, referral_id: str, **differently: Any) -> dict[str, Any]:
    return {
        "feedbackId": id,
        "referralId": referral_id,
        "caseId": "8" + referral_id[1:],
        "subjectId": subject_of(referral_id),
        "referrer": "gemeente-leiden",
        "contactMomentId": None,
        "decision": "no_follow_up",
        "reason": "not_fitting",
        "comesBackOn": None,
        "reroutedTo": "neighbourhood_team",
        "decidedOn": "2026-11-24",
        "correction": False,
        "backOnAgenda": False,
        "notWeighed": False,
        "owedSince": "2026-11-24",
        "dueOn": "2026-11-26",
        "overdue": True,
        "lapsed": False,
        "outcome": None,
        "toldOn": None,
        "recordedBy": None,
        "recordedAt": None,
        **differently,
    }


BY_OFFICER = {"outcome": "given", "recordedBy": "Samira Haddad", "recordedAt": "2026-11-25T09:05:00Z"}
OF_OTHER = feedback(TOLD, SECOND, **BY_OFFICER, toldOn="2026-11-25", overdue=False, correction=True)


def answers() -> dict[tuple[str, str], Any]:
    """Of intake: one referrer is still to hear, one has heard."""
    owed = feedback(OWED, FIRST)
    return {
        ("intake", "/v1/feedback"): {"items": [owed], "next": None},
        ("intake", "/v1/told-feedback"): {"items": [OF_OTHER]},
        ("intake", f"/v1/feedback/{OWED}"): owed,
        ("intake", f"/v1/feedback/{TOLD}"): OF_OTHER,
        ("intake", "/v1/subjects/names"): named(FIRST, SECOND),
    }


@pytest.fixture
def officer(desk: Desk) -> Desk:
    desk.services.answers |= answers()
    desk.sign_in(OFFICER)
    return desk


def test_the_list_says_whom_to_tell_what_and_by_when(officer: Desk) -> None:
    page = officer.get("/feedback").text
    assert "Gemeente Leiden" in page
    assert "Past niet; hoort elders, hoort bij Wijkteam: via de gemeente waar de betrokkene woont" in page
    assert page.count("badge--error") == 1
    assert "Het eerdere besluit was onjuist" not in page.partition("Laatst verteld")[0]
    assert "verteld op 25 nov 2026" in page


@pytest.mark.parametrize(
    ("look", "named_part"), [("/v1/feedback", "Nog te vertellen"), ("/v1/told-feedback", "Laatst verteld")]
)
def test_a_part_that_intake_does_not_tell_is_named(officer: Desk, look: str, named_part: str) -> None:
    officer.services.answers["intake", look] = Missing("intake", "no_answer")
    page = officer.get("/feedback").text
    assert "nu niet beschikbaar" in page
    assert named_part in page


@pytest.mark.parametrize("function", ["intake_officer", "information_coordinator"])
def test_of_an_outside_professional_it_says_whom_to_ring(officer: Desk, function: str) -> None:
    officer.sign_in(replace(OFFICER, functions={HOUSE: frozenset({function})}))
    called = {
        "organisation": "Wijkteam Noord",
        "function": "wijkcoach",
        "name": "A. Yilmaz",
        "phone": "071 5165000",
    }
    officer.services.answers |= {
        ("intake", f"/v1/feedback/{OWED}"): feedback(OWED, FIRST, contactMomentId=TOLD),
        ("intake", CALLER): {"outside": called},
    }
    page = officer.get(PAGE).text
    assert all(each in page for each in ("wijkcoach, Wijkteam Noord", "A. Yilmaz", "071 5165000"))
    del officer.services.answers["intake", CALLER]
    assert "Wie belde of schreef" in officer.get(PAGE).text.partition("nu niet beschikbaar")[0]


def test_what_was_told_is_recorded_with_its_day_and_leads_to_the_list(officer: Desk) -> None:
    officer.services.results[OUTCOME] = Done(None)
    answer = officer.send(PAGE, PAGE, told_on="2026-11-25")
    assert answer.headers["Location"] == "/feedback"
    assert [command[2] for command in officer.services.commands] == [{"toldOn": "2026-11-25"}]


def test_who_cannot_be_told_is_recorded_without_a_day_and_with_the_reason(officer: Desk) -> None:
    officer.services.results[OUTCOME] = Done(None)
    officer.send(PAGE, PAGE, told_on="2026-11-25", outcome="impossible")
    officer.send(PAGE, PAGE, told_on="2026-11-25", outcome="impossible", because=" Zij is weg. ")
    assert [command[2] for command in officer.services.commands] == [{}, {"because": "Zij is weg."}]


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (Problem("toldOn", "is in the future", "in_future"), "Kies vandaag of een eerdere dag."),
        (Problem("feedbackId", "has another", "already_recorded"), "Iemand anders heeft intussen"),
    ],
)
def test_a_refusal_is_said_in_words(officer: Desk, problem: Problem, words: str) -> None:
    officer.services.results[OUTCOME] = Refused(422, (problem,))
    answer = officer.send(PAGE, PAGE, told_on=today().isoformat())
    assert (answer.status_code, words in answer.text) == (422, True)


def test_a_form_without_a_day_is_not_sent(officer: Desk) -> None:
    answer = officer.send(PAGE, PAGE, told_on="")
    assert (answer.status_code, officer.services.commands) == (422, [])


def test_without_an_answer_it_is_said_that_nothing_is_certain(officer: Desk) -> None:
    officer.services.results[OUTCOME] = Missing("intake", "no_answer")
    answer = officer.send(PAGE, PAGE, told_on="2026-11-25")
    assert (answer.status_code, "Het is niet bekend" in answer.text) == (503, True)


def test_what_was_recorded_by_mistake_is_taken_back(officer: Desk) -> None:
    officer.services.results["intake", f"/v1{WITHDRAWAL.replace('withdrawal', 'outcome/withdrawal')}"] = Done(None)
    answer = officer.send(f"/feedback/{TOLD}", WITHDRAWAL, because="De verkeerde gebeld.")
    assert answer.headers["Location"] == f"/feedback/{TOLD}"
    assert [command[1:3] for command in officer.services.commands] == [
        (f"/v1/feedback/{TOLD}/outcome/withdrawal", {"because": "De verkeerde gebeld."})
    ]


def test_nothing_is_taken_back_without_a_reason(officer: Desk) -> None:
    answer = officer.send(f"/feedback/{TOLD}", WITHDRAWAL)
    assert (answer.status_code, officer.services.commands) == (422, [])
