"""Detentions and their release dates, as other services and people see them."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import eventlet

from services.aftercare.detentions.handlers import change_release_date
from services.aftercare.detentions.rules import ReleaseDate
from services.aftercare.tests.given import Detainee
from shared.testing.service import RunningService
from shared.testing.waiting import wait_until

LATER = {"releaseOn": "2015-08-01", "source": "dji", "changedOn": "2015-05-04"}


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
