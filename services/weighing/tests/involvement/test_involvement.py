"""What people of a partner see of a case in weighing, and what waits for them."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.weighing.service import Weighing
from services.weighing.tests.briefing import BILATERAL, DEFERRED, HOUSE, INFORMED, Briefing
from services.weighing.tests.conftest import CALLERS
from shared.aliases.tests.merging import Merge
from shared.business_dates import today
from shared.configuration import ServiceSettings
from shared.testing.issuer import Issuer
from shared.testing.service import Answer, RunningService, ServiceStarter
from shared.testing.waiting import wait_until

POLICE, LEIDEN, PRISONS = "nationale-politie", "gemeente-leiden", "dji"
NOTHING: dict[str, Any] = {"caseIds": [], "referrals": [], "decisions": [], "decisionsTakenBack": [], "followUps": []}


@pytest.fixture(scope="module")
def service(start_service: ServiceStarter, issuer: Issuer) -> RunningService:
    return start_service(Weighing, CALLERS, ServiceSettings, **issuer.settings)


@pytest.fixture
def case_id() -> UUID:
    return uuid4()


@pytest.fixture
def referral_id(briefing: Briefing, case_id: UUID) -> str:
    """A referral of the police on the agenda, about which Leiden is asked."""
    return briefing.on_agenda(case_id=case_id)


def seen(weighing: RunningService, case_id: UUID, person: str) -> Answer:
    return weighing.get(f"/v1/cases/{case_id}", person)


def decided_on(weighing: RunningService, day: date) -> None:
    """All decisions were taken on that day."""
    weighing.as_owner.execute("UPDATE decisions SET briefing_on = %s, back_on = NULL", [day])


def test_who_referred_sees_the_own_referral_and_what_feedback_tells_of_the_decision(
    briefing: Briefing, weighing: RunningService, issuer: Issuer, case_id: UUID, referral_id: str
) -> None:
    briefing.on_agenda(case_id=case_id, referrer=PRISONS, kind="detention_notice")
    police = issuer.person(POLICE, "participant")
    undecided = {"decidedOn": None, "decision": None, "reason": None, "comesBackOn": None, "reroutedTo": None}
    own = {"referralId": referral_id, "kind": "arrest_notice", "receivedOn": "2015-03-05"}
    assert seen(weighing, case_id, police).body == {
        **{"caseId": str(case_id), **NOTHING},
        "involvement": {"referred": [own | undecided], "asked": [], "owns": []},
    }
    back_on = briefing.decide(referral_id, DEFERRED).body["comesBackOn"]
    decision = {"decidedOn": "2015-03-10", "decision": "no_follow_up", "reason": "deferred", "comesBackOn": back_on}
    assert seen(weighing, case_id, police).body["involvement"]["referred"] == [own | undecided | decision]


def test_who_is_asked_sees_the_question_and_the_own_answer_and_nothing_else(
    briefing: Briefing, weighing: RunningService, issuer: Issuer, case_id: UUID, referral_id: str
) -> None:
    [request] = [each["data"] for each in briefing.asked()]
    asked = {name: request[name] for name in ("requestId", "referralId", "subjectId", "answerBy")}
    asked |= {"kind": "arrest_notice", "receivedOn": "2015-03-05", "answeredOn": None, "involved": None}
    leiden = issuer.person(LEIDEN, "municipal_contact")
    assert seen(weighing, case_id, leiden).body == {
        **{"caseId": str(case_id), **NOTHING},
        "involvement": {"referred": [], "asked": [asked], "owns": []},
    }
    answer = {"requestId": request["requestId"], "partner": LEIDEN, "answeredOn": "2015-03-09", "involved": ["debts"]}
    briefing.send("information-requests.answered.v1", answer, case_id=case_id)
    answered = {"answeredOn": "2015-03-09", "involved": ["debts"]}
    assert wait_until(
        lambda: seen(weighing, case_id, leiden).body["involvement"]["asked"] == [asked | answered], 10, interval=0.02
    )


@pytest.mark.parametrize(
    ("organisation", "function", "shown"),
    [
        *((POLICE, each, {"referred"}) for each in ("municipal_contact", "case_holder", "participant", "zsm_desk")),
        *((POLICE, each, set()) for each in ("provider", "bij_mandate")),
        (LEIDEN, "municipal_contact", {"asked"}),
        *((LEIDEN, each, set()) for each in ("case_holder", "participant", "zsm_desk", "provider", "bij_mandate")),
        (PRISONS, "municipal_contact", set()),
        (HOUSE, "municipal_contact", None),
        ("nobodys", "municipal_contact", None),
        (LEIDEN, "mayor", None),
    ],
)
def test_each_function_sees_the_part_of_the_relations_that_it_uses(
    weighing: RunningService,
    issuer: Issuer,
    case_id: UUID,
    referral_id: str,
    organisation: str,
    function: str,
    shown: set[str] | None,
) -> None:
    """None: the function is for nobody of this organisation. An empty set: the case is as one that does not exist."""
    answer = seen(weighing, case_id, issuer.person(organisation, function))
    if not shown:
        in_no_way = {"bij_mandate", "provider"}
        assert answer.status == (403 if shown is None or function in in_no_way else 404)
        return
    assert {name for name, found in answer.body["involvement"].items() if found} == shown


def test_a_case_of_others_is_as_one_that_does_not_exist_and_the_look_stands_in_the_audit_log(
    weighing: RunningService, issuer: Issuer, case_id: UUID, referral_id: str
) -> None:
    stranger = issuer.person(PRISONS, "participant", "municipal_contact")
    there, nowhere = seen(weighing, case_id, stranger), seen(weighing, uuid4(), stranger)
    assert (there.status, there.body) == (nowhere.status, nowhere.body) == (404, nowhere.body)
    refused = weighing.as_service.execute(
        "SELECT actor, object_kind, status FROM audit_log WHERE organisation = %s AND object_id = %s",
        [PRISONS, str(case_id)],
    ).fetchall()
    assert refused == [("5f0c2f1e", "cases", 404)]


@pytest.mark.parametrize(("days", "status"), [(30, 200), (31, 404)])
@pytest.mark.parametrize(("organisation", "function"), [(POLICE, "participant"), (LEIDEN, "municipal_contact")])
def test_a_relation_ends_so_many_days_after_the_decision(
    briefing: Briefing,
    weighing: RunningService,
    issuer: Issuer,
    case_id: UUID,
    referral_id: str,
    organisation: str,
    function: str,
    days: int,
    status: int,
) -> None:
    assert briefing.decide(referral_id, INFORMED).status == 201
    decided_on(weighing, today() - timedelta(days=days))
    assert seen(weighing, case_id, issuer.person(organisation, function)).status == status


def test_a_function_of_the_house_sees_the_whole_whatever_the_organisation(
    weighing: RunningService, issuer: Issuer, case_id: UUID, referral_id: str
) -> None:
    whole = seen(weighing, case_id, issuer.person("halt", "weighing_team", "municipal_contact")).body
    assert [each["referralId"] for each in whole["referrals"]] == [referral_id]
    assert whole["involvement"] is None


def test_a_question_waits_for_the_people_of_the_organisation_that_is_asked_until_the_decision(
    briefing: Briefing, weighing: RunningService, issuer: Issuer, case_id: UUID, referral_id: str
) -> None:
    [request] = [each["data"] for each in briefing.asked()]
    work = weighing.get("/v1/work", issuer.person(LEIDEN, "municipal_contact")).body["items"]
    assert work == [
        {
            "kind": "information_request",
            "objectId": request["requestId"],
            "caseId": str(case_id),
            "municipality": "Leiden",
            "since": "2015-03-05",
            "dueOn": request["answerBy"],
            "overdue": request["answerBy"] < today().isoformat(),
            "count": None,
        }
    ]
    assert weighing.get("/v1/work", issuer.person("gemeente-gouda", "municipal_contact")).body["items"] == []
    briefing.decide(referral_id, BILATERAL)
    assert weighing.get("/v1/work", issuer.person(LEIDEN, "municipal_contact")).body["items"] == []


def test_who_referred_one_of_two_merged_records_sees_that_referral_under_either_case_and_no_more(
    briefing: Briefing, weighing: RunningService, issuer: Issuer, case_id: UUID, referral_id: str
) -> None:
    other, police = uuid4(), issuer.person(POLICE, "participant")
    briefing.on_agenda(case_id=other, referrer=PRISONS, kind="detention_notice")
    own = seen(weighing, case_id, police).body
    merge = Merge(weighing, (uuid4(), case_id), (uuid4(), other))
    merge.begin()
    assert [seen(weighing, each, police).body for each in (case_id, other)] == [own, own | {"caseId": str(other)}]
    merge.end()
    assert seen(weighing, other, police).status == 404
