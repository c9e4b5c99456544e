"""Every role asks who somebody is, for every purpose: it is told what was promised, and nothing more."""

from http import HTTPStatus
from typing import Any

import psycopg
import pytest

from services.intake.service import Intake
from services.intake.settings import IntakeSettings
from shared.testing.keys import KEYS
from shared.testing.service import RunningService, ServiceStarter
from tests.security.promised_access import INTAKE, SEES_NAMES, TOLD

HOUSE = "hollands-midden"
PURPOSES = ("intake", "briefing", "focus", "top60", "aftercare", "information_request", "late_information", "curiosity")
SUBJECT = {
    "kind": "person",
    "municipality": "Leiden",
    "bsn": "999990019",
    "familyName": "Visser",
    "givenNames": "Anna",
    "birthDate": "1990-05-06",
    "sex": "woman",
    "identifiers": [{"kind": "v_number", "number": "2801234567"}],
}
BY_HAND = {"referrer": "halt", "receivedOn": "2015-03-02", "subject": SUBJECT, "concern": "Repeated shoplifting"}


@pytest.fixture(scope="module")
def intake(start_service: ServiceStarter) -> RunningService:
    callers = {role: {"house": HOUSE, "roles": [role]} for role in SEES_NAMES}
    return start_service(Intake, callers, IntakeSettings, index_key=KEYS)


@pytest.fixture(scope="module")
def subject_id(intake: RunningService) -> str:
    """Of somebody who is on the agenda of a briefing and at every table."""
    referral_id = intake.post("/v1/referrals", BY_HAND, INTAKE).body["referralId"]
    referral = intake.get(f"/v1/referrals/{referral_id}", INTAKE).body
    for purpose in PURPOSES:
        opening = "INSERT INTO openings VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"
        intake.as_service.execute(opening, [referral_id, purpose, HOUSE, referral["caseId"]])
    return str(referral["subjectId"])


@pytest.mark.parametrize("role", sorted(SEES_NAMES))
@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_role_is_told_what_its_purpose_needs(
    intake: RunningService, subject_id: str, role: str, purpose: str
) -> None:
    answer = intake.get(f"/v1/subjects/{subject_id}", role, purpose=purpose)
    among_others = intake.post("/v1/subjects/names", {"subjectIds": [subject_id], "purpose": purpose}, role)
    if (role, purpose) not in TOLD:
        assert answer.status == among_others.status == HTTPStatus.FORBIDDEN
        assert answer.body["errors"][0]["code"] == among_others.body["errors"][0]["code"] == "purpose_not_allowed"
        assert looks(intake, role, purpose) == 0
        return
    details: dict[str, Any] = answer.body["details"]
    assert details == {field: value for field, value in SUBJECT.items() if field in TOLD[role, purpose]}
    assert among_others.body["items"] == [answer.body]
    assert looks(intake, role, purpose) == 2


def looks(intake: RunningService, role: str, purpose: str) -> int:
    """How many times the role was told who somebody is for that purpose, by what is kept."""
    with psycopg.connect(intake.database.url) as connection:
        query = "SELECT FROM disclosures WHERE (disclosed_to, purpose) = (%s, %s)"
        return len(connection.execute(query, [role, purpose]).fetchall())
