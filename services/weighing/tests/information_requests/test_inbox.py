"""What a partner is asked and has answered, as its people see it, and the house that waits."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from services.weighing.service import Weighing
from services.weighing.tests.briefing import BILATERAL, DEFERRED, Briefing
from services.weighing.tests.conftest import CALLERS
from shared.business_dates import today
from shared.configuration import ServiceSettings
from shared.testing.issuer import Issuer
from shared.testing.service import RunningService, ServiceStarter

LEIDEN, GOUDA = "gemeente-leiden", "gemeente-gouda"


@pytest.fixture(scope="module")
def service(start_service: ServiceStarter, issuer: Issuer) -> RunningService:
    return start_service(Weighing, CALLERS, ServiceSettings, **issuer.settings)


def listed(weighing: RunningService, caller: str, state: str = "open") -> list[Any]:
    items: list[Any] = weighing.get("/v1/information-requests", caller, state=state).body["items"]
    return items


def test_a_municipal_contact_sees_what_the_own_organisation_is_asked_until_the_decision_and_then_the_decision(
    briefing: Briefing, weighing: RunningService, issuer: Issuer
) -> None:
    case_id, subject_id = uuid4(), str(uuid4())
    referral_id = briefing.on_agenda(case_id=case_id, subjectId=subject_id)
    briefing.on_agenda(municipality="Gouda", subRegion="Midden Holland")
    leiden = issuer.person(LEIDEN, "municipal_contact")
    [asked] = listed(weighing, leiden)
    assert (asked["referralId"], asked["caseId"], asked["subjectId"]) == (referral_id, str(case_id), subject_id)
    assert (asked["overdue"], asked["decision"], len(asked["request"]["asked"])) == (False, None, 6)
    assert asked["briefingOn"] >= today().isoformat()
    assert listed(weighing, leiden, "closed") == []
    briefing.decide(referral_id, BILATERAL)
    assert listed(weighing, leiden) == []
    [closed] = listed(weighing, leiden, "closed")
    assert (closed["decision"], closed["decidedOn"], closed["briefingOn"]) == ("bilateral", "2015-03-10", None)


def test_nobody_of_another_partner_sees_a_request(briefing: Briefing, weighing: RunningService, issuer: Issuer) -> None:
    briefing.on_agenda()
    [asked] = listed(weighing, "coordinator")
    path = f"/v1/information-requests/{asked['request']['requestId']}"
    assert weighing.get(path, issuer.person(LEIDEN, "municipal_contact")).body == asked
    assert weighing.get(path, issuer.person(GOUDA, "municipal_contact")).status == 404
    assert weighing.get(path, issuer.person(LEIDEN, "participant")).status == 403
    assert weighing.get(f"/v1/information-requests/{UUID(int=1)}", "coordinator").status == 404


def test_the_information_coordinator_sees_what_is_overdue_first_whoever_is_asked(
    briefing: Briefing, weighing: RunningService
) -> None:
    briefing.on_agenda(municipality="Gouda", subRegion="Midden Holland")
    late = briefing.on_agenda()
    weighing.as_service.execute(
        "UPDATE information_requests SET answer_by = '2015-03-09' WHERE referral_id = %s", [late]
    )
    first, second = listed(weighing, "coordinator")
    assert (first["referralId"], first["overdue"], second["overdue"]) == (late, True, False)
    assert {first["request"]["partner"], second["request"]["partner"]} == {LEIDEN, GOUDA}


def test_after_a_deferral_a_municipality_is_asked_once(
    briefing: Briefing, weighing: RunningService, issuer: Issuer
) -> None:
    assert briefing.decide(briefing.on_agenda(), DEFERRED).status == 201
    _, anew = briefing.asked()
    waiting = weighing.get("/v1/work", issuer.person(LEIDEN, "municipal_contact")).body["items"]
    assert [item["objectId"] for item in waiting] == [anew["data"]["requestId"]]
