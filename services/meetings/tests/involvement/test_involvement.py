"""What people of a partner see of a case at the tables, and what waits for them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.meetings.service import Meetings
from services.meetings.tests.conftest import CALLERS
from services.meetings.tests.treatment import OUTCOME, PLAN, Subject
from shared.business_dates import today
from shared.configuration import ServiceSettings
from shared.suspects.store import SHOWN
from shared.testing.issuer import Issuer
from shared.testing.service import Answer, RunningService, ServiceStarter
from shared.testing.waiting import wait_until

PROBATION, LEIDEN, POLICE, GOUDA = "reclassering-nederland", "gemeente-leiden", "nationale-politie", "gemeente-gouda"
OF_THE_HOLDER = ("moments", "repeats", "releases", "repeatQuestions", "lateInformation")


@pytest.fixture(scope="module")
def service(start_service: ServiceStarter, issuer: Issuer) -> RunningService:
    return start_service(Meetings, CALLERS, ServiceSettings, **issuer.settings)


@pytest.fixture
def path(subject: Subject) -> str:
    """A table case with a held session and a plan: probation holds it, Leiden and the police keep an agreement each."""
    return subject.treated_at()


def seen(subject: Subject, person: str) -> Answer:
    return subject.service.get(f"/v1/cases/{subject.case_id}", person)


def parts(subject: Subject, person: str) -> Any:
    answer = seen(subject, person)
    assert answer.body["tableCases"] == []
    return answer.body["involvement"]


def test_the_case_holder_sees_the_whole_plan_its_moments_and_what_came_up_meanwhile(
    subject: Subject, meetings: RunningService, issuer: Issuer, path: str
) -> None:
    [part] = parts(subject, issuer.person(PROBATION, "case_holder"))
    whole = meetings.get(path).body
    assert part == {
        "tableCaseId": whole["tableCaseId"],
        "table": "focus",
        "openedOn": "2015-03-10",
        "closedOn": None,
        "holds": True,
        "caseHolder": PROBATION,
        "agreedOn": "2015-03-17",
        "agreements": whole["standingPlan"]["plan"]["agreements"],
        "sessions": [{"heldOn": "2015-03-17", "state": "held"}],
        "moments": whole["standingPlan"]["moments"],
        "repeats": [],
        "releases": [],
        "suspectSince": None,
        "repeatQuestions": [],
        "lateInformation": [],
    }
    assert len(part["agreements"]) == 2


def test_who_keeps_an_agreement_sees_that_agreement_and_when_the_case_is_discussed(
    subject: Subject, issuer: Issuer, path: str
) -> None:
    [holders] = parts(subject, issuer.person(PROBATION, "case_holder"))
    [part] = parts(subject, issuer.person(LEIDEN, "participant"))
    own = [each for each in holders["agreements"] if each["owner"]["partner"] == LEIDEN]
    assert part == holders | {"holds": False, "agreements": own} | {name: [] for name in OF_THE_HOLDER}


@pytest.mark.parametrize(
    ("organisation", "function", "status"),
    [
        (PROBATION, "case_holder", 200),
        *((PROBATION, each, 404) for each in ("municipal_contact", "participant", "zsm_desk")),
        *((LEIDEN, each, 200) for each in ("municipal_contact", "case_holder", "participant", "zsm_desk")),
        (GOUDA, "case_holder", 404),
        *((PROBATION, each, 403) for each in ("provider", "bij_mandate", "mayor")),
        ("hollands-midden", "case_holder", 403),
        ("nobodys", "case_holder", 403),
    ],
)
def test_each_function_sees_the_part_of_the_relations_that_it_uses(
    subject: Subject, issuer: Issuer, path: str, organisation: str, function: str, status: int
) -> None:
    assert seen(subject, issuer.person(organisation, function)).status == status


def test_a_case_of_others_is_as_one_that_does_not_exist_and_the_look_stands_in_the_audit_log(
    subject: Subject, meetings: RunningService, issuer: Issuer, path: str
) -> None:
    stranger = issuer.person(GOUDA, "case_holder")
    there, nowhere = seen(subject, stranger), meetings.get(f"/v1/cases/{uuid4()}", stranger)
    assert (there.status, there.body) == (nowhere.status, nowhere.body) == (404, nowhere.body)
    refused = meetings.as_service.execute(
        "SELECT actor, object_kind, status FROM audit_log WHERE organisation = %s AND object_id = %s",
        [GOUDA, str(subject.case_id)],
    ).fetchall()
    assert refused == [("5f0c2f1e", "cases", 404)]


def test_a_former_case_holder_and_a_former_owner_see_nothing_once_another_plan_stands(
    subject: Subject, meetings: RunningService, issuer: Issuer, path: str
) -> None:
    handed_over = PLAN | {"agreedOn": "2015-03-24", "caseHolder": GOUDA, "agreements": PLAN["agreements"][1:]}
    assert meetings.post(f"{path}/action-plan", handed_over).status == 201
    assert seen(subject, issuer.person(PROBATION, "case_holder")).status == 404
    assert seen(subject, issuer.person(LEIDEN, "participant")).status == 404
    assert [part["holds"] for part in parts(subject, issuer.person(GOUDA, "case_holder"))] == [True]
    assert [part["holds"] for part in parts(subject, issuer.person(POLICE, "participant"))] == [False]


def test_a_withdrawn_plan_shows_nobody_anything(
    subject: Subject, meetings: RunningService, issuer: Issuer, path: str
) -> None:
    plan_id = meetings.get(path).body["standingPlan"]["actionPlanId"]
    assert meetings.post(f"/v1/action-plans/{plan_id}/withdrawal", {"because": "Of another case."}).status == 204
    assert seen(subject, issuer.person(PROBATION, "case_holder")).status == 404


@pytest.mark.parametrize(("days", "status"), [(30, 200), (31, 404)])
def test_a_relation_ends_so_many_days_after_the_closing(
    subject: Subject, meetings: RunningService, issuer: Issuer, path: str, days: int, status: int
) -> None:
    closed_on = (today() - timedelta(days=days)).isoformat()
    closing = {"closedOn": closed_on, "outcome": OUTCOME, "runningOnReason": "The plan took longer."}
    assert meetings.post(f"{path}/closing", closing).status == 200
    for person in (issuer.person(PROBATION, "case_holder"), issuer.person(LEIDEN, "participant")):
        assert seen(subject, person).status == status


def test_what_a_partner_must_answer_and_has_agreed_waits_for_its_people_while_the_case_runs(
    subject: Subject, meetings: RunningService, issuer: Issuer, path: str
) -> None:
    whole = meetings.get(path).body
    about = {"caseId": str(subject.case_id)}
    moments = meetings.get("/v1/monitoring-moments", dueBy=today().isoformat()).body["items"]
    questions = [
        about
        | {
            "kind": "plan_question",
            "municipality": "Leiden",
            "objectId": each["momentId"],
            "overdue": True,
            "count": None,
        }
        | dict.fromkeys(("since", "dueOn"), each["dueOn"])
        for each in moments
    ]
    agreement = about | {
        **{"kind": "agreement", "objectId": whole["standingPlan"]["actionPlanId"], "overdue": False},
        **{"municipality": None, "since": "2015-03-17", "dueOn": "2015-04-01", "count": 1},
    }
    assert len(questions) > 1
    holder, owner = issuer.person(PROBATION, "case_holder"), issuer.person(LEIDEN, "participant")
    assert (work(meetings, holder), work(meetings, owner)) == (questions, [agreement])
    assert work(meetings, issuer.person(GOUDA, "case_holder", "participant")) == []
    closing = {"closedOn": "2015-10-20", "outcome": OUTCOME, "runningOnReason": "The plan took longer."}
    assert meetings.post(f"{path}/closing", closing).status == 200
    assert work(meetings, holder) == work(meetings, owner) == []


def work(meetings: RunningService, person: str) -> Any:
    return meetings.get("/v1/work", person).body["items"]


def test_whoever_holds_the_case_of_a_suspect_and_the_process_director_are_told_for_some_days(
    subject: Subject, meetings: RunningService, issuer: Issuer, path: str
) -> None:
    holder, owner = issuer.person(PROBATION, "case_holder"), issuer.person(LEIDEN, "participant")
    merged_with, since = uuid4(), today() - timedelta(days=3)
    same = {"mergeId": str(uuid4()), "subjectId": str(subject.subject_id), "mergedSubjectId": str(uuid4())}
    same |= {"mergedCaseId": str(merged_with), "mergedOn": str(since)}
    meetings.send("intake", "subjects.merged.v1", same, case_id=subject.case_id)
    for case_id, day in ((uuid4(), since), (merged_with, since), (merged_with, since - timedelta(days=9))):
        listed = {"subjectId": str(uuid4()), "partner": "openbaar-ministerie", "listedOn": str(day)}
        meetings.send("intake", "suspects.recognised.v1", listed, case_id=case_id)
    found: dict[str, Any] = {"kind": "suspect", "objectId": path.rpartition("/")[2], "caseId": str(subject.case_id)}
    found |= {"municipality": "Leiden", "since": str(since), "dueOn": None, "overdue": False, "count": None}
    assert wait_until(lambda: found in work(meetings, holder), 10)
    assert found in meetings.get("/v1/work").body["items"]
    assert found not in work(meetings, owner)
    shown = [parts(subject, person)[0]["suspectSince"] for person in (holder, owner)]
    assert [*shown, meetings.get(path).body["suspectSince"]] == [str(since), None, str(since)]
    later = {"subjectId": str(uuid4()), "partner": "openbaar-ministerie", "listedOn": str(today() + SHOWN)}
    meetings.send("intake", "suspects.recognised.v1", later, case_id=uuid4())
    assert wait_until(lambda: found not in work(meetings, holder), 10)
