"""A detention from the notice to the plan, as other services and people see it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import eventlet
import pytest

from services.aftercare.domain.detentions import ReleaseDate
from services.aftercare.handlers.detentions import change_release_date
from services.aftercare.tests.integration.given import DOMAINS, PLAN, Detainee
from shared.testing.service import RunningService
from shared.testing.waiting import wait_until

LATER = {"releaseOn": "2015-08-01", "source": "dji", "changedOn": "2015-05-04"}


def listed(service: RunningService, **wanted: str) -> list[str]:
    answer = service.get("/v1/detentions", house=service.house, **wanted)
    assert answer.status == 200
    return paths(answer.body["items"])


def paths(detentions: Iterable[dict[str, Any]]) -> list[str]:
    return [f"/v1/detentions/{each['detentionId']}" for each in detentions]


def test_a_detention_is_registered_with_the_release_date_of_its_notice(
    detainee: Detainee, aftercare: RunningService
) -> None:
    found = aftercare.get(detainee.detained()).body
    from_notice = {"releaseOn": "2015-07-01", "source": "detention_notice", "changedOn": "2015-03-03"}
    assert found["releaseDate"] == from_notice
    assert found["releaseDates"] == [from_notice]
    assert (found["caseId"], found["referralId"], found["plan"]) == (str(detainee.case_id), None, None)


def test_a_detention_without_a_release_date_waits_for_one(detainee: Detainee, aftercare: RunningService) -> None:
    path = detainee.detained(expectedReleaseOn=None)
    assert aftercare.get(path).body["releaseDate"] is None
    assert aftercare.post(f"{path}/release-dates", LATER).status == 201
    assert aftercare.get(path).body["releaseDate"] == LATER


def test_a_notice_that_releases_before_it_detains_is_parked(aftercare: RunningService) -> None:
    Detainee(aftercare).notify(expectedReleaseOn="2015-03-01")
    assert wait_until(lambda: aftercare.parked() == [[["releaseOn", "is before the detention began"]]], 10)


def test_a_detention_without_its_case_is_parked(aftercare: RunningService) -> None:
    Detainee(aftercare, case_id=None).notify()
    assert wait_until(lambda: aftercare.parked() == [[["subject", "is required: the case id"]]], 10)


def test_a_table_case_of_a_house_that_does_not_run_here_is_parked(aftercare: RunningService) -> None:
    Detainee(replace(aftercare, house="elsewhere")).opened(uuid4())
    assert wait_until(lambda: aftercare.parked() == [[["house", "is not a house of this installation"]]], 10)


def test_the_same_plan_twice_at_the_same_moment_is_made_once(detainee: Detainee, aftercare: RunningService) -> None:
    path = detainee.detained()
    both = [eventlet.spawn(aftercare.post, f"{path}/plan", PLAN, version=0) for _ in range(2)]
    assert [each.wait().status for each in both] == [201, 201]
    assert len(aftercare.announced("aftercare-plans.made.v1")) == 1


def test_each_release_date_stays_with_its_source_and_day(detainee: Detainee, aftercare: RunningService) -> None:
    path = detainee.detained()
    answer = aftercare.post(f"{path}/release-dates", LATER)
    assert answer.body["releaseDate"] == LATER
    assert [each["source"] for each in aftercare.get(path).body["releaseDates"]] == ["detention_notice", "dji"]
    [changed] = aftercare.announced("release-dates.changed.v1")
    assert (changed["subject"], changed["time"]) == (str(detainee.case_id), "2015-05-04T12:00:00Z")
    assert changed["data"] == {"detentionId": path.rpartition("/")[2], "municipality": "Gouda", **LATER}


def test_the_same_release_date_again_gives_the_same_answer_and_announces_nothing(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    assert aftercare.post(f"{path}/release-dates", LATER) == aftercare.post(f"{path}/release-dates", LATER)
    assert len(aftercare.announced("release-dates.changed.v1")) == 1


def test_a_release_date_before_the_detention_is_refused(detainee: Detainee, aftercare: RunningService) -> None:
    answer = aftercare.post(f"{detainee.detained()}/release-dates", LATER | {"releaseOn": "2015-03-01"})
    assert (answer.status, answer.wrong_fields) == (422, ["releaseOn"])


def test_a_plan_is_kept_and_tells_others_the_referrals_and_not_the_agreements(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    answer = aftercare.post(f"{path}/plan", PLAN, version=0)
    assert answer.status == 201
    assert aftercare.get(path).body["plan"] == answer.body
    [made] = aftercare.announced("aftercare-plans.made.v1")
    assert made["time"] == "2015-06-01T12:00:00Z"
    assert made["data"]["domains"] == [
        {"domain": "identity", "bottleneck": "no"},
        {"domain": "housing", "bottleneck": "yes", "referredTo": "gemeente-gouda"},
        {"domain": "income_work", "bottleneck": "yes"},
        {"domain": "debts", "bottleneck": "unknown"},
        {"domain": "care", "bottleneck": "no"},
    ]


def test_the_same_plan_again_gives_the_same_answer_and_another_replaces_it(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    assert aftercare.post(f"{path}/plan", PLAN, version=0) == aftercare.post(f"{path}/plan", PLAN, version=0)
    assert len(aftercare.announced("aftercare-plans.made.v1")) == 1
    care = {"domain": "care", "bottleneck": "yes", "referredTo": "fivoor"}
    assert (
        aftercare.post(f"{path}/plan", {"madeOn": "2015-06-20", "domains": [*DOMAINS[:4], care]}, version=1).status
        == 201
    )
    assert aftercare.get(path).body["planMadeOn"] == "2015-06-20"
    assert len(aftercare.announced("aftercare-plans.made.v1")) == 2


def test_of_two_who_change_the_same_plan_the_second_sees_the_first_before(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    assert aftercare.get(path).headers["ETag"] == '"0"'
    first = aftercare.post(f"{path}/plan", PLAN, version=0)
    assert (first.status, first.headers["ETag"]) == (201, '"1"')
    other = PLAN | {"domains": [*DOMAINS[:4], {"domain": "care", "bottleneck": "unknown"}]}
    assert aftercare.post(f"{path}/plan", other, version=0).status == 412
    assert aftercare.post(f"{path}/plan", other).status == 428
    assert aftercare.get(path).body["plan"] == first.body
    assert aftercare.post(f"{path}/plan", other, version=1).headers["ETag"] == '"2"'
    assert aftercare.get(path).headers["ETag"] == '"2"'


def test_a_bottleneck_slips_through_no_plan(detainee: Detainee, aftercare: RunningService) -> None:
    path = detainee.detained()
    care = {"domain": "care", "bottleneck": "yes"}
    answer = aftercare.post(f"{path}/plan", PLAN | {"domains": [*DOMAINS[:4], care]}, version=0)
    assert (answer.status, answer.wrong_fields) == (422, ["domains[4].referredTo"])
    answer = aftercare.post(f"{path}/plan", PLAN | {"domains": DOMAINS[:4]}, version=0)
    assert (answer.status, answer.wrong_fields) == (422, ["domains"])


def test_those_without_a_plan_are_found_but_not_those_whose_municipality_makes_it(
    detainee: Detainee, aftercare: RunningService
) -> None:
    planned, waiting = detainee.detained(), Detainee(aftercare).detained()
    own = Detainee(aftercare).detained(municipality="Katwijk", ownAftercare=True)
    aftercare.post(f"{planned}/plan", PLAN, version=0)
    assert listed(aftercare, withoutPlan="true") == [waiting]
    assert set(listed(aftercare)) == {planned, waiting, own}


def test_detentions_are_found_by_the_release_date_that_counts(detainee: Detainee, aftercare: RunningService) -> None:
    early, moved = detainee.detained(), Detainee(aftercare).detained()
    Detainee(aftercare).detained(expectedReleaseOn=None)
    aftercare.post(f"{moved}/release-dates", LATER)
    assert listed(aftercare, releaseBefore="2015-07-02") == [early]
    assert set(listed(aftercare, releaseBefore="2015-08-02")) == {early, moved}
    assert listed(aftercare, releaseBefore="2015-07-01") == []


def test_detentions_of_one_case_come_in_pages_longest_ago_first(detainee: Detainee, aftercare: RunningService) -> None:
    Detainee(aftercare).detained()
    days = ("2015-03-04", "2015-03-02", "2015-03-03")
    by_day = {day: detainee.detained(detainedOn=day) for day in days}
    wanted = {"house": aftercare.house, "caseId": str(detainee.case_id), "limit": "2"}
    first = aftercare.get("/v1/detentions", **wanted).body
    second = aftercare.get("/v1/detentions", **wanted, cursor=first["next"]).body
    assert paths(first["items"]) + paths(second["items"]) == [by_day[day] for day in sorted(days)]
    assert second["next"] is None
    assert aftercare.get("/v1/detentions", **wanted, cursor=str(uuid4())).wrong_fields == ["cursor"]


@pytest.mark.parametrize("first", ["detention", "table case"])
def test_a_table_case_is_seen_with_the_detention_whichever_is_heard_first(first: str, detainee: Detainee) -> None:
    table_case_id = uuid4()
    if first == "detention":
        path = detainee.detained()
        detainee.opened(table_case_id)
    else:
        detainee.opened(table_case_id)
        path = detainee.detained()
    opened = {"tableCaseId": str(table_case_id), "openedOn": "2015-03-10", "closedOn": None}
    assert detainee.table_case(path) == opened
    detainee.closed(table_case_id)
    assert detainee.table_case(path) == opened | {"closedOn": "2015-09-01"}


def test_a_closing_that_is_heard_before_its_opening_is_not_undone_by_it(detainee: Detainee) -> None:
    path, table_case_id = detainee.detained(), uuid4()
    detainee.closed(table_case_id)
    detainee.opened(table_case_id)
    assert detainee.table_case(path) == {
        "tableCaseId": str(table_case_id),
        "openedOn": "2015-03-10",
        "closedOn": "2015-09-01",
    }


def test_the_running_table_case_is_seen_rather_than_one_that_is_closed(detainee: Detainee) -> None:
    path, closed, running = detainee.detained(), uuid4(), uuid4()
    detainee.opened(closed)
    detainee.closed(closed)
    detainee.opened(running)
    assert detainee.table_case(path)["tableCaseId"] == str(running)


def test_a_table_case_of_an_earlier_time_has_nothing_to_do_with_the_detention(detainee: Detainee) -> None:
    path, before = detainee.detained(), uuid4()
    detainee.opened(before)
    detainee.closed(before, on="2015-03-01")
    assert detainee.table_case(path) is None


def test_cases_of_other_tables_are_none_of_its_business(detainee: Detainee) -> None:
    path, focus = detainee.detained(), uuid4()
    detainee.opened(focus, table="focus")
    detainee.closed(focus, table="focus")
    assert detainee.table_case(path) is None


def test_a_caller_sees_and_changes_its_own_house_alone(detainee: Detainee, aftercare: RunningService) -> None:
    path = detainee.detained()
    assert aftercare.get("/v1/detentions", "elsewhere", house=aftercare.house).status == 403
    assert aftercare.get("/v1/detentions", "director", house=aftercare.house).status == 403
    assert aftercare.get(path, "elsewhere").status == 404
    assert aftercare.post(f"{path}/release-dates", LATER, "elsewhere").status == 404
    assert aftercare.post(f"{path}/plan", PLAN, "director", version=0).status == 403


def test_of_two_release_dates_at_the_same_moment_the_second_sees_the_first(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    detention_id = UUID(path.rsplit("/", 1)[1])
    later, earlier = (
        ReleaseDate(release_on=date(2015, 8, 1), source="dji", changed_on=date(2015, 5, day)) for day in (10, 4)
    )
    with aftercare.begin() as first:
        change_release_date(aftercare.house, detention_id, later, first)
        first.flush()
        body = {"releaseOn": "2015-08-01", "source": "dji", "changedOn": earlier.changed_on.isoformat()}
        second = eventlet.spawn(aftercare.post, f"{path}/release-dates", body)
        eventlet.sleep(0.3)
    answer = second.wait()
    assert (answer.status, answer.wrong_fields) == (422, ["changedOn"])
