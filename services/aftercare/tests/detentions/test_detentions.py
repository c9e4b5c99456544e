"""Detentions and their release dates, as other services and people see them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from itertools import permutations
from typing import Any
from uuid import UUID, uuid4

import eventlet
import pytest

from services.aftercare.detentions.handlers import change_release_date
from services.aftercare.detentions.rules import ToldReleaseDate
from services.aftercare.tests.given import Detainee, detention_registered, judgement
from shared.business_dates import noon
from shared.testing.service import Answer, RunningService
from shared.testing.waiting import wait_until

REPORTED = "release-dates.reported.v1"
LATER = {"releaseOn": "2015-08-01", "source": "dji", "changedOn": "2015-05-04"}


def test_a_detention_is_registered_with_the_release_date_of_its_notice(
    detainee: Detainee, aftercare: RunningService
) -> None:
    found = aftercare.get(detainee.detained()).body
    from_notice = {"releaseOn": "2015-07-01", "source": "detention_notice", "changedOn": "2015-03-03"}
    assert found["releaseDate"] == from_notice
    [known] = found["releaseDates"]
    assert {name: known[name] for name in from_notice} == from_notice
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
    assert len(aftercare.get(path).body["releaseDates"]) == 2


TOLD: dict[str, tuple[str | None, str]] = {
    "dji at 9": ("2015-08-01", "2015-05-04T09:00:00Z"),
    "coordinator": ("2015-09-01", "2015-05-04"),
    "dji at 15": (None, "2015-05-04T15:00:00Z"),
    "dji a day later": ("2015-10-01", "2015-05-05T08:00:00Z"),
}
"""Two people of DJI send messages, the coordinator records a phone call: what was told, and when."""


@pytest.mark.parametrize("told", [["dji at 9", "coordinator"], ["dji at 15", "coordinator"], list(TOLD)])
def test_the_release_date_that_was_told_last_counts_in_whatever_order_they_come(
    told: list[str], aftercare: RunningService
) -> None:
    """In each order all are kept, in the order of telling."""
    found = [told_in_order(order, aftercare) for order in permutations(told)]
    assert all(each == found[0] for each in found)
    counting, history = found[0]
    last = TOLD[max(told, key=lambda name: instant(TOLD[name][1]))]
    assert counting == history[-1] == last[0]
    assert len(history) == 1 + len(told)


def told_in_order(order: Iterable[str], aftercare: RunningService) -> tuple[str | None, list[str | None]]:
    """The release date that counts, and all that were told, in the order of telling. The last is the one announced."""
    detainee = Detainee(aftercare)
    path = detainee.detained()
    for name in order:
        release_on, told_at = TOLD[name]
        if name == "coordinator":
            body = {"releaseOn": release_on, "source": "dji", "changedOn": told_at}
            assert aftercare.post(f"{path}/release-dates", body).status == 201
        else:
            report = {"detainedOn": "2015-03-02", "reportedOn": told_at[:10]} | known(releaseOn=release_on)
            assert judgement(aftercare, REPORTED, report, detainee.case_id, instant(told_at)) == []
    found = aftercare.get(path).body
    announced = [
        event["data"].get("releaseOn")
        for event in aftercare.announced("release-dates.changed.v1")
        if event["subject"] == str(detainee.case_id)
    ]
    assert announced[-1] == found["releaseDate"]["releaseOn"]
    return announced[-1], [each["releaseOn"] for each in found["releaseDates"]]


def instant(told: str) -> datetime:
    """Of a phone call only the day is known: noon."""
    return datetime.fromisoformat(told) if "T" in told else noon(date.fromisoformat(told))


def known(**fields: str | None) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value is not None}


def test_a_release_date_before_the_detention_is_refused(detainee: Detainee, aftercare: RunningService) -> None:
    answer = aftercare.post(f"{detainee.detained()}/release-dates", LATER | {"releaseOn": "2015-03-01"})
    assert (answer.status, answer.wrong_fields) == (422, ["releaseOn"])


def test_of_two_release_dates_at_the_same_moment_the_second_sees_the_first(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    detention_id = UUID(path.rsplit("/", 1)[1])
    later, earlier = (
        ToldReleaseDate(
            release_on=date(2015, 8, day), source="dji", changed_on=told_on, told_at=noon(told_on), statement_id=None
        )
        for day, told_on in enumerate((date(2015, 5, 10), date(2015, 5, 4)), start=1)
    )
    with aftercare.begin() as first:
        change_release_date(aftercare.house, detention_id, later, first)
        first.flush()
        body = {"releaseOn": "2015-08-02", "source": "dji", "changedOn": earlier.changed_on.isoformat()}
        second = eventlet.spawn(aftercare.post, f"{path}/release-dates", body)
        eventlet.sleep(0.3)
    assert second.wait().body["releaseDate"]["releaseOn"] == "2015-08-01"
    assert len(aftercare.get(path).body["releaseDates"]) == 3


def corrected(detainee: Detainee, path: str, **differently: Any) -> None:
    """The notice of the detention with this path is sent again with other content, and that is taken."""
    notice = {**detention_registered(), "detentionId": path.rpartition("/")[2], "correctedOn": "2015-04-21"}
    del notice["registeredOn"]
    data = {key: value for key, value in (notice | differently).items() if value is not None}
    detainee.service.send("intake", "detentions.corrected.v1", data, case_id=detainee.case_id)
    Detainee(detainee.service).detained()


def of_case(detainee: Detainee) -> list[dict[str, Any]]:
    """The detentions of the case, once what was sent before has been taken."""
    Detainee(detainee.service).detained()
    items: list[dict[str, Any]] = detainee.service.get("/v1/detentions", caseId=str(detainee.case_id)).body["items"]
    return items


def test_a_transfer_to_another_prison_is_the_same_detention_with_the_newer_release_date(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    transfer = {
        "institution": "pi_krimpen_aan_den_ijssel",
        "detainedOn": "2015-04-20",
        "expectedReleaseOn": "2015-09-01",
    }
    joined = detainee.notify(registeredOn="2015-04-21", **transfer)
    [detention] = of_case(detainee)
    assert (detention["detainedOn"], detention["institution"]) == ("2015-03-02", "pi_krimpen_aan_den_ijssel")
    assert detention["releaseDate"]["releaseOn"] == "2015-09-01"
    notices = aftercare.get(path).body["notices"]
    assert [each["institution"] for each in notices] == ["pi_alphen_aan_den_rijn", "pi_krimpen_aan_den_ijssel"]
    [event] = aftercare.announced("detentions.joined.v1")
    assert event["data"] == {
        "detentionId": joined.rpartition("/")[2],
        "joinedTo": path.rpartition("/")[2],
        "joinedOn": "2015-04-21",
    }


def test_a_notice_of_before_there_were_codes_of_institutions_keeps_the_name(detainee: Detainee) -> None:
    detainee.detained()
    detainee.notify(institution="PI Krimpen aan den IJssel", detainedOn="2015-04-20")
    assert [each["institution"] for each in of_case(detainee)] == ["PI Krimpen aan den IJssel"]


def test_a_date_for_either_notice_of_a_stay_reaches_the_one_detention(
    detainee: Detainee, aftercare: RunningService
) -> None:
    detainee.detained()
    detainee.notify(institution="pi_krimpen_aan_den_ijssel", detainedOn="2015-04-20")
    for day, (detained_on, release_on) in enumerate((("2015-03-02", "2015-08-01"), ("2015-04-20", "2015-09-01"))):
        report = {"detainedOn": detained_on, "releaseOn": release_on, "reportedOn": f"2015-05-0{day + 1}"}
        assert judgement(aftercare, REPORTED, report, detainee.case_id) == []
        [detention] = of_case(detainee)
        assert detention["releaseDate"]["releaseOn"] == release_on


def test_a_corrected_notice_corrects_the_detention_and_keeps_what_it_said_first(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    corrected(detainee, path, institution="pi_krimpen_aan_den_ijssel", detainedOn="2015-03-01", expectedReleaseOn=None)
    [detention] = of_case(detainee)
    assert (detention["detainedOn"], detention["institution"]) == ("2015-03-01", "pi_krimpen_aan_den_ijssel")
    assert detention["releaseDate"] == {"releaseOn": None, "source": "detention_notice", "changedOn": "2015-04-21"}
    assert [each["detainedOn"] for each in aftercare.get(path).body["notices"]] == ["2015-03-02", "2015-03-01"]


def test_a_correction_of_another_field_leaves_the_release_date_that_was_told_since(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    aftercare.post(f"{path}/release-dates", LATER | {"changedOn": "2015-04-01"})
    corrected(detainee, path, institution="pi_krimpen_aan_den_ijssel")
    assert aftercare.get(path).body["releaseDate"]["releaseOn"] == "2015-08-01"


def test_a_detention_after_the_release_is_another_one(detainee: Detainee, aftercare: RunningService) -> None:
    detainee.detained()
    detainee.detained(detainedOn="2015-07-01", expectedReleaseOn="2015-12-01")
    assert len(of_case(detainee)) == 2
    assert aftercare.announced("detentions.joined.v1") == []


def test_a_mistaken_notice_is_no_part_of_a_later_detention(detainee: Detainee, aftercare: RunningService) -> None:
    path = detainee.detained()
    mistake = {"on": "2015-03-10", "reason": "mistake", "because": "verkeerde persoon"}
    assert aftercare.post(f"{path}/withdrawal", mistake).status == 201
    later = detainee.detained(detainedOn="2015-03-20")
    assert [f"/v1/detentions/{each['detentionId']}" for each in of_case(detainee)] == [path, later]
    assert (
        aftercare.get("/v1/detentions", withoutPlan="true", caseId=str(detainee.case_id)).body["items"][0][
            "detentionId"
        ]
        == later.rpartition("/")[2]
    )


@pytest.mark.parametrize(
    ("differently", "code"),
    [
        ({"changedOn": "2099-01-01"}, "in_future"),
        ({"changedOn": "9999-12-31"}, "not_a_possible_day"),
        ({"releaseOn": "9999-12-31"}, "not_a_possible_day"),
        ({"releaseOn": "2150-01-01"}, "too_far_ahead"),
        ({"source": "999500636"}, "bsn_in_text"),
    ],
)
def test_a_day_out_of_this_world_locks_nothing(
    differently: dict[str, str], code: str, detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    answer = aftercare.post(f"{path}/release-dates", LATER | differently)
    assert [each["code"] for each in answer.body["errors"]] == [code]
    assert aftercare.post(f"{path}/release-dates", LATER).status == 201


SLIP = {"because": "andere zaak"}
TRANSFER = {"institution": "pi_krimpen_aan_den_ijssel", "detainedOn": "2015-04-20", "expectedReleaseOn": "2015-09-01"}


def separate(aftercare: RunningService, path: str, notice: str) -> Answer:
    return aftercare.post(f"{path}/notices/{notice.rpartition('/')[2]}/separation", SLIP)


def test_a_notice_that_was_joined_by_mistake_gets_a_detention_of_its_own(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    other = detainee.notify(registeredOn="2015-04-21", **TRANSFER)
    [_] = of_case(detainee)
    answers = [separate(aftercare, path, other) for _ in range(2)]
    assert [each.status for each in answers] == [201, 201]
    first, second = of_case(detainee)
    assert (first["detainedOn"], first["institution"]) == ("2015-03-02", "pi_alphen_aan_den_rijn")
    assert (second["detainedOn"], second["institution"]) == ("2015-04-20", "pi_krimpen_aan_den_ijssel")
    assert [each["releaseDate"]["releaseOn"] for each in (first, second)] == ["2015-07-01", "2015-09-01"]
    assert f"/v1/detentions/{second['detentionId']}" == other
    kept = aftercare.get(path).body["notices"]
    assert [each["withdrawnBecause"] for each in kept] == [None, SLIP["because"]]
    [restored] = aftercare.announced("detentions.restored.v1")
    assert restored["data"]["separatedFrom"] == path.rpartition("/")[2]
    assert restored["data"]["detentionId"] == other.rpartition("/")[2]
    changed = aftercare.announced("release-dates.changed.v1")
    assert [each["data"]["releaseOn"] for each in changed] == ["2015-09-01", "2015-07-01"]


def test_after_a_separation_corrections_and_release_dates_reach_the_right_detention(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    other = detainee.notify(registeredOn="2015-04-21", **TRANSFER)
    of_case(detainee)
    separate(aftercare, path, other)
    corrected(detainee, other, institution="pi_heerhugowaard", detainedOn="2015-04-20", correctedOn="2015-04-25")
    report = {"detainedOn": "2015-04-20", "releaseOn": "2015-10-01", "reportedOn": "2015-05-01"}
    assert judgement(aftercare, REPORTED, report, detainee.case_id) == []
    first, second = of_case(detainee)
    assert (first["institution"], first["releaseDate"]["releaseOn"]) == ("pi_alphen_aan_den_rijn", "2015-07-01")
    assert (second["institution"], second["releaseDate"]["releaseOn"]) == ("pi_heerhugowaard", "2015-10-01")


def test_a_release_date_that_somebody_told_since_stays_after_a_separation(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    other = detainee.notify(registeredOn="2015-04-21", **TRANSFER)
    of_case(detainee)
    aftercare.post(f"{path}/release-dates", LATER)
    separate(aftercare, path, other)
    assert aftercare.get(path).body["releaseDate"] == LATER
    assert len(aftercare.get(path).body["releaseDates"]) == 3


def test_the_first_notice_and_a_strange_one_can_not_be_separated(detainee: Detainee, aftercare: RunningService) -> None:
    path = detainee.detained()
    answer = separate(aftercare, path, path)
    assert (answer.status, answer.body["errors"][0]["code"]) == (422, "first_notice")
    assert separate(aftercare, path, str(uuid4())).status == 404
    assert len(of_case(detainee)) == 1


def test_a_withdrawal_of_a_detention_can_be_a_slip_itself(detainee: Detainee, aftercare: RunningService) -> None:
    notice = str(uuid4())
    path = detainee.detained(referralId=notice)
    wrong = {"on": "2015-03-10", "reason": "mistake", "because": "verkeerde persoon"}
    aftercare.post(f"{path}/withdrawal", wrong)
    restored = aftercare.post(f"{path}/withdrawal/withdrawal", SLIP)
    assert (restored.status, restored.body["withdrawnOn"], restored.body["withdrawal"]) == (201, None, None)
    assert aftercare.post(f"{path}/withdrawal/withdrawal", SLIP).status == 422
    assert aftercare.post(f"{path}/withdrawal", wrong | {"reason": "died"}).status == 201
    slip, stands = aftercare.get(path).body["withdrawals"]
    assert (slip["reason"], slip["withdrawnBecause"]) == ("mistake", SLIP["because"])
    assert (stands["reason"], stands["withdrawnAt"]) == ("died", None)
    [event] = aftercare.announced("detentions.restored.v1")
    assert "separatedFrom" not in event["data"]
    told = [event, *aftercare.announced("detentions.withdrawn.v1")]
    assert [each["data"]["referralId"] for each in told] == [notice] * 3, "weighing knows the notice by its referral"
