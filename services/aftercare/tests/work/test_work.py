"""What waits for the people who see to releases: what is missing before one, and who left with nothing."""

from datetime import timedelta
from typing import Any

from services.aftercare.tests.given import DOMAINS, Detainee
from services.aftercare.tests.watch.test_watch import REPORT, confirm, watch
from shared.business_dates import today
from shared.testing.service import RunningService


def work(aftercare: RunningService, caller: str = "coordinator", **wanted: str) -> list[dict[str, Any]]:
    answer = aftercare.get("/v1/work", caller, **wanted)
    assert answer.status == 200, answer.text
    return list(answer.body["items"])


def ahead(days: int) -> str:
    return (today() + timedelta(days=days)).isoformat()


def leaving_soon(detainee: Detainee) -> str:
    """The path of somebody who leaves in three weeks: what was due three weeks ago has climbed to the director."""
    return detainee.detained(detainedOn=ahead(-90), registeredOn=ahead(-89), expectedReleaseOn=ahead(21))


def test_what_is_missing_waits_for_the_coordinator_and_once_it_climbed_for_the_director(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = leaving_soon(detainee)
    assert work(aftercare) == [], "nobody has watched yet"
    watch(aftercare, ahead(0))
    waiting = {
        "kind": "preparation_missing",
        "objectId": path.rpartition("/")[2],
        "caseId": str(detainee.case_id),
        "municipality": "Gouda",
        "since": ahead(-21),
        "dueOn": ahead(-21),
        "overdue": True,
        "count": 3,
    }
    assert work(aftercare) == [waiting]
    assert work(aftercare, "director") == [waiting | {"count": 2}]
    assert aftercare.get("/v1/work", "manager").status == 403


def test_what_is_ready_waits_no_longer_even_before_the_next_round_of_the_watch(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = leaving_soon(detainee)
    watch(aftercare, ahead(0))
    aftercare.post(f"{path}/conversations", {"report": REPORT | {"heldOn": ahead(-1)}})
    assert [(item["since"], item["count"]) for item in work(aftercare)] == [(ahead(-7), 2)]
    made = aftercare.post(f"{path}/plan", {"madeOn": ahead(-1), "domains": DOMAINS}, version=0)
    assert work(aftercare) == []
    watch(aftercare, ahead(0))
    assert standing(aftercare) == 0
    withdrawn = aftercare.post(f"{path}/plan/withdrawal", {"because": "of somebody else"}, version=1)
    assert (made.status, withdrawn.status) == (201, 204)
    watch(aftercare, ahead(0))
    assert [(item["since"], item["count"]) for item in work(aftercare)] == [(ahead(-7), 2)]


def standing(aftercare: RunningService) -> int:
    [[count]] = aftercare.as_service.execute("SELECT count(*) FROM overdue_preparations WHERE standing")
    return int(count)


def test_a_release_without_a_plan_waits_until_something_is_done_or_confirmed(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    watch(aftercare, "2015-07-02")
    [waiting] = work(aftercare)
    assert waiting == {
        "kind": "breach_open",
        "objectId": waiting["objectId"],
        "caseId": str(detainee.case_id),
        "municipality": "Gouda",
        "since": "2015-07-01",
        "dueOn": "2015-07-01",
        "overdue": True,
        "count": None,
    }
    assert aftercare.get("/v1/breaches").body["items"][0]["releaseId"] == waiting["objectId"]
    aftercare.post(f"{path}/refusals", {"refusedOn": "2015-05-20", "reason": "wil geen hulp"})
    assert [item["kind"] for item in work(aftercare, "director")] == ["breach_disputed"]
    assert confirm(aftercare, "director").status == 201
    assert work(aftercare) == []


def test_work_is_that_of_the_own_house(detainee: Detainee, aftercare: RunningService) -> None:
    leaving_soon(detainee)
    watch(aftercare, ahead(0))
    assert aftercare.get("/v1/work", "elsewhere").status == 404
