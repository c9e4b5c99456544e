"""Zaak: one file on one case, each part from its own service."""

from typing import Any

import pytest

from desk.services import Missing
from desk.tests.given import Desk
from desk.tests.given_briefing import FIRST, decision, named, referral, subject_of

CASE = "818f2c3e-7a4b-7c1d-9e2f-000000000001"
PAGE, PATH = f"/cases/{CASE}", f"/v1/cases/{CASE}"
SERVICES = ("intake", "weighing", "meetings", "aftercare")
DAY = "2026-11-20"
PLAN = {
    "actionPlanId": CASE,
    "plan": {
        "agreedOn": DAY,
        "caseHolder": "reclassering-nederland",
        "agreements": [
            {
                "owner": {"partner": "ggd-hollands-midden", "person": None},
                "what": "Intake at the GGD",
                "dueOn": "2026-12-01",
                "domain": None,
            }
        ],
    },
    "moments": [],
}
TOLD: dict[str, Any] = {
    "intake": {"caseId": CASE, "subjectId": subject_of(FIRST), "referrals": [{**referral(FIRST), "weighed": True}]},
    "weighing": {
        "caseId": CASE,
        "referrals": [referral(FIRST)],
        "decisions": [decision(FIRST, decision="focus", briefingOn="2026-11-10")],
        "decisionsTakenBack": [
            {
                "decision": decision(FIRST, decision="escalate"),
                "withdrawn": True,
                "because": "Another referral was meant.",
            }
        ],
    },
    "meetings": {
        "caseId": CASE,
        "tableCases": [
            {
                **{"tableCaseId": CASE, "subjectId": subject_of(FIRST), "table": "focus", "openedOn": DAY},
                **{"closing": None, "withdrawnOn": None, "standingPlan": PLAN},
                "sessions": [{"heldOn": "2026-11-25", "state": "held"}],
            }
        ],
    },
    "aftercare": {
        "caseId": CASE,
        "detentions": [
            {
                **{"subjectId": subject_of(FIRST), "detainedOn": DAY, "institution": "other", "refusedOn": None},
                **{"releaseDate": {"releaseOn": "2027-02-01"}, "planMadeOn": "2026-11-28"},
            }
        ],
        "missing": [{"missing": [{"name": "Onderdak geregeld of aangevraagd", "dueOn": "2027-01-18"}]}],
        "trajectories": [{"kind": "guidance", "provider": "exodus", "startsOn": DAY, "endedOn": None}],
        "stays": [{"transitionHouse": "gouda", "askedOn": DAY, "beganOn": DAY, "endedOn": None}],
    },
}


@pytest.fixture
def case(desk: Desk) -> Desk:
    """That every service tells of."""
    desk.sign_in()
    desk.services.answers |= {(service, PATH): TOLD[service] for service in SERVICES}
    desk.services.answers["intake", "/v1/subjects/names"] = named(FIRST)
    return desk


def test_each_service_tells_its_part(case: Desk) -> None:
    page = case.get(PAGE).text
    for words in (
        *("Şükran Yılmaz-van den Heuvel", "Aanhoudingsmelding", "Nationale Politie", "Agenderen focus"),
        *("ingetrokken: Another referral was meant.", "Focusoverleg", "Reclassering Nederland", "Intake at the GGD"),
        *("1 feb 2027", "Onderdak geregeld", "Begeleiding, Exodus", "Doorstroomhuis Gouda"),
    ):
        assert words in page, words


@pytest.mark.parametrize(("service", "heading"), [("meetings", "Tafels"), ("aftercare", "Nazorg")])
def test_a_part_that_does_not_come_is_named_and_one_that_is_for_others_is_left_out(
    case: Desk, service: str, heading: str
) -> None:
    case.services.answers[service, PATH] = Missing(service, "no_answer")
    page = case.get(PAGE).text
    assert heading in page
    assert "niet beschikbaar" in page
    case.services.answers[service, PATH] = Missing(service, "not_allowed")
    assert heading not in case.get(PAGE).text


@pytest.mark.parametrize(
    ("reasons", "status"),
    [
        (["not_found"] * 4, 404),
        (["not_found", "not_allowed", "not_allowed", "not_allowed"], 404),
        (["not_allowed"] * 4, 403),
        (["no_answer"] * 4, 200),
    ],
)
def test_a_case_that_nobody_tells_of_does_not_exist(case: Desk, reasons: list[str], status: int) -> None:
    for service, reason in zip(SERVICES, reasons, strict=True):
        case.services.answers[service, PATH] = Missing(service, reason)
    answer = case.get(PAGE)
    assert answer.status_code == status
    assert "Yılmaz" not in answer.text


def test_the_case_is_shown_without_names_to_whom_intake_tells_none(case: Desk) -> None:
    case.services.answers["intake", "/v1/subjects/names"] = Missing("intake", "not_allowed")
    page = case.get(PAGE).text
    assert "Yılmaz" not in page
    assert "zonder namen" in page
