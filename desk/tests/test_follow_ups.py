"""Vervolgacties: who does what after a decision, and what came of it."""

from typing import TYPE_CHECKING, Any

import pytest

from desk.services import Done, Missing, Problem, Refused
from desk.sessions.rules import Person
from desk.tests.given import HOUSE, Desk
from desk.tests.given_briefing import FIRST, ON, SECOND, THIRD, named, page_of, subject_of
from desk.tests.given_questions import WOUTER
from shared.testing.browser import look_at

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PATH, PAGE = "/v1/follow-ups", "/follow-ups"
SAMIRA = Person("p-3c44", "Samira Haddad", "nationale-politie", {HOUSE: frozenset({"participant"})})


def follow_up(referral_id: str, **differently: Any) -> dict[str, Any]:
    return {
        "followUpId": "6" + referral_id[1:],
        "referralId": referral_id,
        "caseId": "8" + referral_id[1:],
        "subjectId": subject_of(referral_id),
        "tabling": 1,
        "agreedOn": ON,
        "what": "settle_bilaterally",
        "owner": "nationale-politie",
        "agreedWith": None,
        "person": None,
        "personName": None,
        "otherPartner": "gemeente-leiden",
        "destination": None,
        "lifeDomains": [],
        "question": None,
        "askedOf": None,
        "dueOn": "2026-12-08",
        "state": "agreed",
        "reportedOn": None,
        "remark": None,
        "detainedOn": None,
        "questionAskedOn": None,
        **differently,
    }


OVERDUE = follow_up(
    FIRST,
    what="ask_supervisor",
    question="support_at_home",
    askedOf="gemeente-leiden",
    owner="reclassering-nederland",
    otherPartner=None,
    state="overdue",
)
KARIN = {"partner": "nationale-politie", "person": "7c1f", "name": "Karin Veldhuis"}
AGREED = follow_up(SECOND, detainedOn="2026-11-27", person="7c1f", personName="Karin Veldhuis")
DONE = follow_up(THIRD, state="done", reportedOn="2026-11-28", remark="Besproken met de wijkagent.")
ANOTHER = "618f2c3e-7a4b-7c1d-9e2f-00000000000f"
REPORT = f"{PAGE}/{AGREED['followUpId']}"
RUNNING, DETAINED = ("meetings", "/v1/running-table-cases"), ("aftercare", "/v1/detained-now")


@pytest.fixture
def agreed(desk: Desk) -> Desk:
    """With somebody of the weighing team; the same list for what is open and for what was reported."""
    desk.services.answers |= {
        ("weighing", PATH): page_of(OVERDUE, AGREED),
        ("weighing", "/v1/people"): {"items": [KARIN]},
        ("intake", "/v1/subjects/names"): named(FIRST, SECOND),
        RUNNING: {"items": []},
        DETAINED: {"items": [{"caseId": AGREED["caseId"], "registeredOn": "2026-11-27"}]},
    }
    desk.sign_in()
    return desk


def test_the_question_of_a_follow_up_leads_who_may_ask_to_the_form_until_it_is_asked(agreed: Desk) -> None:
    form = f"/questions/about/{FIRST}?partner=gemeente-leiden&amp;question=support_at_home"
    assert form not in agreed.get(PAGE).text
    agreed.sign_in(WOUTER)
    assert form in agreed.get(PAGE).text
    agreed.services.answers["weighing", PATH] = page_of(OVERDUE | {"questionAskedOn": ON}, AGREED)
    text = agreed.get(PAGE).text
    assert form not in text
    assert "gevraagd op 24 nov 2026" in text


def test_each_owner_has_a_part_with_what_is_due_first_on_top(agreed: Desk) -> None:
    page = agreed.get(PAGE).text
    probation, police = (page.index(f'id="owner-{each}"') for each in ("reclassering-nederland", "nationale-politie"))
    assert probation < police
    assert probation < page.index("te laat") < police
    assert "Pieter de Groot" in page
    asked = "Toezichthouder vragen of een overleg nodig is, te vragen aan Gemeente Leiden"
    assert f"{asked} (Is er ondersteuning vanuit de Wmo, en door wie?)" in page
    assert "intussen gedetineerd, melding van 27 nov 2026" in page


def test_aftercare_says_who_is_detained_and_weighing_where_aftercare_does_not_answer(agreed: Desk) -> None:
    before = {"caseId": AGREED["caseId"], "registeredOn": ON}
    agreed.services.answers[DETAINED] = {"items": [before, {"caseId": OVERDUE["caseId"], "registeredOn": "2026-11-29"}]}
    page = agreed.get(PAGE).text
    assert "melding van 29 nov 2026" in page
    assert "melding van 27 nov 2026" not in page, "weighing does not know that it is over"
    agreed.services.answers[DETAINED] = Missing("aftercare", "no_answer")
    page = agreed.get(PAGE).text
    assert "Wie nu gedetineerd is" in page
    assert "melding van 27 nov 2026" in page


def test_a_partner_sees_the_own_part_without_names_and_without_a_choice(agreed: Desk) -> None:
    agreed.services.answers["intake", "/v1/subjects/names"] = Missing("intake", "not_allowed")
    agreed.sign_in(SAMIRA)
    page = agreed.get(PAGE).text
    assert f"casus {AGREED['caseId'][-6:]}" in page
    assert "elke partner" not in page


@pytest.mark.parametrize(
    ("fields", "path", "body"),
    [
        ({"state": "done"}, "report", {"state": "done"}),
        ({"state": "not_done", "remark": " Ziek. "}, "report", {"state": "not_done", "remark": "Ziek."}),
        (
            {"state": "done", "remark": "Mis.", "corrects": "yes"},
            "report/correction",
            {"state": "done", "remark": "Mis."},
        ),
    ],
)
def test_a_report_is_sent_with_one_click(agreed: Desk, fields: dict[str, str], path: str, body: dict[str, str]) -> None:
    sent = f"{PATH}/{AGREED['followUpId']}/{path}"
    agreed.services.results["weighing", sent] = Done({})
    assert agreed.send(PAGE, REPORT, **fields).status_code == 303
    [(service, told, given, _, _)] = agreed.services.commands
    assert (service, told, given) == ("weighing", sent, body)


def test_who_reports_what_somebody_else_reported_otherwise_is_told(agreed: Desk) -> None:
    refused = Refused(409, (Problem("state", "is reported otherwise already", "already_reported"),))
    agreed.services.results["weighing", f"{PATH}/{AGREED['followUpId']}/report"] = refused
    answer = agreed.send(PAGE, REPORT, state="done")
    assert (answer.status_code, "Iemand anders heeft intussen iets anders gemeld" in answer.text) == (409, True)
    assert agreed.send(PAGE, REPORT, state="sung").status_code == 400


def test_somebody_takes_a_follow_up_and_hands_it_over(agreed: Desk) -> None:
    agreed.sign_in(SAMIRA)
    sent, path = f"{PATH}/{AGREED['followUpId']}/person", f"{REPORT}/person"
    agreed.services.results["weighing", sent] = Done({})
    assert agreed.get(PAGE).text.count("Ik doe dit") == 1, "of two: the other one is of another partner"
    for chosen, told in ((SAMIRA.id, SAMIRA.id), ("", None)):
        assert agreed.send(PAGE, path, person=chosen).status_code == 303
        assert agreed.services.commands[-1][:3] == ("weighing", sent, {"person": told})


def test_a_follow_up_of_a_case_holder_goes_to_who_holds_the_case_now_with_one_click(agreed: Desk) -> None:
    plan = follow_up(SECOND, what="follow_running_plan")
    held = [{"caseId": plan["caseId"], "caseHolder": each} for each in ("gemeente-gouda", None)]
    agreed.services.answers |= {("weighing", PATH): page_of(OVERDUE, plan), RUNNING: {"items": held}}
    assert "casushouder nu: Gemeente Gouda" in agreed.get(PAGE).text
    assert {"caseIds": [plan["caseId"]]} in agreed.services.bodies
    sent = f"{PATH}/{plan['followUpId']}/owner"
    agreed.services.results["weighing", sent] = Done({})
    assert agreed.send(PAGE, f"{PAGE}/{plan['followUpId']}/owner", owner="gemeente-gouda").status_code == 303
    assert agreed.services.commands[-1][:3] == ("weighing", sent, {"owner": "gemeente-gouda"})
    moved = plan | {"owner": "gemeente-gouda", "agreedWith": "nationale-politie"}
    agreed.services.answers["weighing", PATH] = page_of(moved)
    page = agreed.get(PAGE).text
    assert "afgesproken met Nationale Politie" in page
    assert "casushouder nu" not in page
    agreed.services.answers[RUNNING] = Missing("meetings", "no_answer")
    assert "Wie de casussen nu houdt" in agreed.get(PAGE).text


def test_who_says_once_that_it_does_follow_ups_is_not_asked_again(agreed: Desk) -> None:
    assert "Ik doe vervolgacties" not in agreed.get(PAGE).text, "nobody of the house does one"
    agreed.sign_in(SAMIRA)
    assert "Ik doe vervolgacties" in agreed.get(PAGE).text
    agreed.services.results["weighing", "/v1/people"] = Done({})
    assert agreed.send(PAGE, f"{PAGE}/people").status_code == 303
    assert agreed.services.commands[-1][:2] == ("weighing", "/v1/people")
    agreed.services.answers["weighing", "/v1/people"] = {"items": [KARIN | {"person": SAMIRA.id}]}
    assert "Ik doe vervolgacties" not in agreed.get(PAGE).text


def test_what_is_done_by_somebody_who_left_shows_as_such(agreed: Desk) -> None:
    agreed.services.answers["weighing", PATH] = page_of(AGREED | {"personName": None})
    agreed.services.answers["weighing", "/v1/people"] = Missing("weighing", "not_now")
    page = agreed.get(PAGE).text
    assert "is vertrokken" in page
    assert "Werkt daar niet meer" not in page


def test_the_house_says_that_somebody_works_there_no_more(agreed: Desk) -> None:
    agreed.services.results["weighing", "/v1/people/departures"] = Done({})
    left = {"partner": KARIN["partner"], "person": KARIN["person"]}
    assert agreed.send(PAGE, f"{PAGE}/departures", **left).status_code == 303
    assert agreed.services.commands[-1][:3] == ("weighing", "/v1/people/departures", left)


def test_follow_ups_in_every_window(browser: "Browser", served: tuple[Desk, str]) -> None:
    desk, address = served
    desk.sign_in()
    plan = follow_up(THIRD, what="follow_running_plan", agreedWith="reclassering-nederland", followUpId=ANOTHER)
    desk.services.answers |= {
        ("weighing", PATH): page_of(OVERDUE, AGREED, plan, DONE),
        RUNNING: {"items": [{"caseId": plan["caseId"], "caseHolder": "gemeente-gouda"}]},
        DETAINED: {"items": [{"caseId": AGREED["caseId"], "registeredOn": "2026-11-27"}]},
        ("weighing", "/v1/people"): {"items": [KARIN]},
        ("intake", "/v1/subjects/names"): named(FIRST, SECOND, THIRD),
    }
    look_at(browser, address + PAGE, "follow-ups", storage_state=desk.state)
