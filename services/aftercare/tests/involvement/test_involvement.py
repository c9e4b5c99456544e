"""What people of a partner see of somebody in prison and of their own assignments, and what waits for them."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.aftercare.service import Aftercare
from services.aftercare.settings import AftercareSettings
from services.aftercare.tests.given import CALLERS, PLAN, Detainee
from services.aftercare.tests.trajectories.started import wanted
from shared.aliases.tests.merging import Merge
from shared.business_dates import today
from shared.testing.issuer import Issuer
from shared.testing.service import Answer, RunningService, ServiceStarter

GOUDA, LEIDEN, EXODUS = "gemeente-gouda", "gemeente-leiden", "exodus"
LISTS = ("caseIds", "detentions", "missing", "trajectories", "stays", "wantedTrajectories")
NOTHING: dict[str, list[Any]] = {each: [] for each in LISTS}
NO_PART: dict[str, list[Any]] = {"returns": [], "conversations": [], "trajectories": []}
PRISON = "pi_alphen_aan_den_rijn"


@pytest.fixture(scope="module")
def service(start_service: ServiceStarter, issuer: Issuer) -> RunningService:
    return start_service(Aftercare, CALLERS, AftercareSettings, watch_seconds=0.0, **issuer.settings)


def seen(detainee: Detainee, person: str) -> Answer:
    return detainee.service.get(f"/v1/cases/{detainee.case_id}", person)


def part(detainee: Detainee, person: str) -> Any:
    answer = seen(detainee, person)
    assert {**answer.body, "involvement": None} == {
        **{"caseId": str(detainee.case_id), "involvement": None},
        **NOTHING,
    }
    return answer.body["involvement"]


def days_from_now(days: int) -> str:
    return (today() + timedelta(days=days)).isoformat()


def returning_in(detainee: Detainee, days: int, **differently: Any) -> str:
    return detainee.detained(expectedReleaseOn=days_from_now(days), **differently)


def test_the_municipal_contact_sees_who_returns_with_the_plan_and_what_is_missing(
    detainee: Detainee, aftercare: RunningService, issuer: Issuer
) -> None:
    path = returning_in(detainee, 14)
    assert aftercare.post(f"{path}/plan", PLAN, version=0).status == 201
    whole = aftercare.get(f"/v1/cases/{detainee.case_id}").body
    assert part(detainee, issuer.person(GOUDA, "municipal_contact")) == NO_PART | {
        "returns": [
            {
                "detentionId": path.rpartition("/")[2],
                "detainedOn": "2015-03-02",
                "institution": PRISON,
                "releaseOn": days_from_now(14),
                "plan": whole["detentions"][0]["plan"],
                "missing": whole["missing"][0]["missing"],
            }
        ]
    }


def test_who_has_the_bij_mandate_sees_that_somebody_returns_and_no_plan(
    detainee: Detainee, aftercare: RunningService, issuer: Issuer
) -> None:
    path = returning_in(detainee, 14)
    assert aftercare.post(f"{path}/plan", PLAN, version=0).status == 201
    [returns] = part(detainee, issuer.person(GOUDA, "bij_mandate"))["returns"]
    assert (returns["releaseOn"], returns["plan"], returns["missing"]) == (days_from_now(14), None, [])


def test_a_provider_sees_its_own_assignments_and_of_the_prison_only_where_it_must_go(
    detainee: Detainee, aftercare: RunningService, issuer: Issuer
) -> None:
    path = returning_in(detainee, 14)
    asked = conversation(aftercare, path, EXODUS)
    conversation(aftercare, path, "leger-des-heils")
    own = aftercare.post("/v1/trajectories", wanted(caseId=str(detainee.case_id), provider=EXODUS)).body
    aftercare.post("/v1/trajectories", wanted(caseId=str(detainee.case_id)))
    provider = issuer.person(EXODUS, "provider")
    to_hold = {
        **{"conversationId": asked, "askedOn": "2015-05-06", "institution": PRISON},
        **{"releaseOn": days_from_now(14), "heldOn": None},
    }
    assert part(detainee, provider) == {"returns": [], "conversations": [to_hold], "trajectories": [own]}
    report = {"heldOn": days_from_now(-1), "needs": [], "offered": False, "outcome": "wil niets"}
    assert aftercare.post(f"/v1/conversations/{asked}/report", report).status == 201
    held = to_hold | {"institution": None, "heldOn": days_from_now(-1)}
    assert part(detainee, provider)["conversations"] == [held]


@pytest.mark.parametrize(
    ("organisation", "function", "status"),
    [
        (GOUDA, "municipal_contact", 200),
        (GOUDA, "bij_mandate", 200),
        (LEIDEN, "municipal_contact", 404),
        (GOUDA, "provider", 404),
        (EXODUS, "provider", 200),
        ("werkshop", "provider", 404),
        (EXODUS, "municipal_contact", 404),
        *((GOUDA, each, 403) for each in ("case_holder", "participant", "zsm_desk", "mayor")),
        ("hollands-midden", "municipal_contact", 403),
        ("nobodys", "provider", 403),
    ],
)
def test_each_function_sees_the_part_of_the_relations_that_it_uses(
    detainee: Detainee, aftercare: RunningService, issuer: Issuer, organisation: str, function: str, status: int
) -> None:
    conversation(aftercare, returning_in(detainee, 14), EXODUS)
    assert seen(detainee, issuer.person(organisation, function)).status == status


def test_a_case_of_others_is_as_one_that_does_not_exist_and_the_look_stands_in_the_audit_log(
    detainee: Detainee, aftercare: RunningService, issuer: Issuer
) -> None:
    returning_in(detainee, 14)
    stranger = issuer.person(LEIDEN, "municipal_contact")
    there, nowhere = seen(detainee, stranger), aftercare.get(f"/v1/cases/{uuid4()}", stranger)
    assert (there.status, there.body) == (nowhere.status, nowhere.body) == (404, nowhere.body)
    refused = aftercare.as_service.execute(
        "SELECT actor, object_kind, status FROM audit_log WHERE organisation = %s AND object_id = %s",
        [LEIDEN, str(detainee.case_id)],
    ).fetchall()
    assert refused == [("5f0c2f1e", "cases", 404)]


@pytest.mark.parametrize(("days", "status"), [(-30, 200), (-31, 404)])
def test_a_return_is_seen_until_so_many_days_after_the_release(
    detainee: Detainee, issuer: Issuer, days: int, status: int
) -> None:
    returning_in(detainee, days)
    assert seen(detainee, issuer.person(GOUDA, "municipal_contact")).status == status
    if status == 200:
        [returns] = part(detainee, issuer.person(GOUDA, "municipal_contact"))["returns"]
        assert returns["institution"] is None


def test_a_withdrawn_detention_shows_nobody_anything(
    detainee: Detainee, aftercare: RunningService, issuer: Issuer
) -> None:
    path = returning_in(detainee, 14)
    conversation(aftercare, path, EXODUS)
    withdrawal = {"on": days_from_now(0), "reason": "mistake", "because": "Of somebody else."}
    assert aftercare.post(f"{path}/withdrawal", withdrawal).status == 201
    for person in (issuer.person(GOUDA, "municipal_contact"), issuer.person(EXODUS, "provider")):
        assert seen(detainee, person).status == 404


@pytest.mark.parametrize(("days", "status"), [(30, 200), (31, 404)])
def test_a_provider_sees_a_trajectory_until_so_many_days_after_its_end(
    detainee: Detainee, aftercare: RunningService, issuer: Issuer, days: int, status: int
) -> None:
    detainee.detained()
    started = aftercare.post("/v1/trajectories", wanted(caseId=str(detainee.case_id), provider=EXODUS)).body
    path = f"/v1/trajectories/{started['trajectoryId']}/ending"
    assert aftercare.post(path, {"on": days_from_now(-days), "result": "completed"}, version=1).status == 201
    assert seen(detainee, issuer.person(EXODUS, "provider")).status == status


def test_an_assignment_waits_for_the_people_of_the_provider_until_it_is_done(
    detainee: Detainee, aftercare: RunningService, issuer: Issuer
) -> None:
    asked = conversation(aftercare, returning_in(detainee, 14), EXODUS)
    started = aftercare.post("/v1/trajectories", wanted(caseId=str(detainee.case_id), provider=EXODUS)).body
    about = {"caseId": str(detainee.case_id), "municipality": None, "dueOn": None, "overdue": False, "count": None}
    provider = issuer.person(EXODUS, "provider")
    assert work(aftercare, provider) == [
        about | {"kind": "trajectory", "objectId": started["trajectoryId"], "since": "2015-03-02"},
        about | {"kind": "conversation", "objectId": asked, "since": "2015-05-06"},
    ]
    assert work(aftercare, issuer.person("werkshop", "provider")) == []
    report = {"heldOn": "2015-05-12", "needs": [], "offered": False, "outcome": "wil niets"}
    assert aftercare.post(f"/v1/conversations/{asked}/report", report).status == 201
    ending = {"on": date(2015, 6, 1).isoformat(), "result": "completed"}
    path = f"/v1/trajectories/{started['trajectoryId']}/ending"
    assert aftercare.post(path, ending, version=1).status == 201
    assert work(aftercare, provider) == []


def conversation(aftercare: RunningService, path: str, provider: str) -> str:
    """The id of a conversation for which a provider is asked."""
    asked = aftercare.post(f"{path}/conversations", {"provider": provider, "askedOn": "2015-05-06"})
    assert asked.status == 201
    return str(asked.body["conversationId"])


def work(aftercare: RunningService, person: str) -> Any:
    return aftercare.get("/v1/work", person).body["items"]


def test_who_is_involved_with_one_of_two_merged_records_sees_that_part_under_either_case_and_no_more(
    detainee: Detainee, aftercare: RunningService, issuer: Issuer
) -> None:
    other, contact = Detainee(aftercare), issuer.person(GOUDA, "municipal_contact")
    path = returning_in(detainee, 14)
    other.detained(municipality="Leiden", detainedOn="2014-01-02", expectedReleaseOn="2014-02-01")
    assert seen(other, contact).status == 404
    assert detainee.case_id and other.case_id
    merge = Merge(aftercare, (uuid4(), detainee.case_id), (uuid4(), other.case_id))
    merge.begin()
    for each in (detainee, other):
        assert [returns["detentionId"] for returns in part(each, contact)["returns"]] == [path.rpartition("/")[2]]
    merge.end()
    assert seen(other, contact).status == 404
