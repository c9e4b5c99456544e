"""What is missing before a release climbs, and who leaves with nothing is seen: once, whoever watches and whenever."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import eventlet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.aftercare.tests.given import DOMAINS, PLAN, Detainee, judgement
from services.aftercare.watch import handlers
from shared.testing.service import Answer, RunningService

LEVELS = ["aftercare_coordinator", "process_director"]
ALL = ["conversation", "plan", "identity", "housing", "plan_accepted"]
REFUSAL = {"refusedOn": "2015-05-20", "reason": "wil geen hulp"}
REPORT = {"heldOn": "2015-05-20", "offered": False, "outcome": "gesproken"}
LATER = {"releaseOn": "2015-08-01", "source": "dji", "changedOn": "2015-06-29"}


def watch(aftercare: RunningService, on: str) -> dict[str, Any]:
    answer = aftercare.post("/v1/watch-rounds", {"on": on})
    assert answer.status == 201, answer.text
    body: dict[str, Any] = answer.body
    return body


def missing(aftercare: RunningService, on: str, **wanted: str) -> dict[str, dict[str, str]]:
    """By path of the detention, whose business each preparation is."""
    answer = aftercare.get("/v1/preparations", on=on, **wanted)
    assert answer.status == 200, answer.text
    return {
        f"/v1/detentions/{item['detentionId']}": {each["preparation"]: each["level"] for each in item["missing"]}
        for item in answer.body["items"]
    }


def breaches(aftercare: RunningService, **wanted: str) -> list[tuple[str, str, str]]:
    """Path, release and state of each."""
    items = aftercare.get("/v1/breaches", **wanted).body["items"]
    return [(f"/v1/detentions/{each['detentionId']}", each["releasedOn"], each["state"]) for each in items]


def confirm(aftercare: RunningService, caller: str) -> Answer:
    """Confirm that the first breach was none."""
    release_id = aftercare.get("/v1/breaches").body["items"][0]["releaseId"]
    return aftercare.post(f"/v1/breaches/{release_id}/confirmation", {"because": "brief gezien"}, caller)


def told(aftercare: RunningService) -> list[tuple[str, str, str]]:
    """Preparation, level and day of each that was announced as overdue."""
    events = aftercare.announced("preparations.overdue.v1")
    return [(each["data"]["preparation"], each["data"]["level"], each["time"][:10]) for each in events]


def test_what_is_missing_climbs_as_the_release_nears(detainee: Detainee, aftercare: RunningService) -> None:
    path = detainee.detained()
    assert missing(aftercare, "2015-05-19") == {}
    assert missing(aftercare, "2015-05-20") == {path: {"conversation": "aftercare_coordinator"}}
    assert missing(aftercare, "2015-05-27") == {path: {"conversation": "process_director"}}
    assert missing(aftercare, "2015-06-24", level="aftercare_coordinator") == {
        path: {"plan_accepted": "aftercare_coordinator"}
    }
    assert missing(aftercare, "2015-07-01") == {path: dict.fromkeys(ALL, "process_director")}
    assert missing(aftercare, "2015-07-02") == {}


def test_what_was_done_by_a_day_is_not_missing_on_it(detainee: Detainee, aftercare: RunningService) -> None:
    path = detainee.detained()
    aftercare.post(f"{path}/conversations", {"report": REPORT})
    aftercare.post(f"{path}/plan", PLAN, version=0)
    assert missing(aftercare, "2015-05-31") == {}
    assert missing(aftercare, "2015-06-30") == {}
    unsure = {"domain": "identity", "bottleneck": "unknown"}
    aftercare.post(f"{path}/plan", {"madeOn": "2015-06-22", "domains": [unsure, *DOMAINS[1:]]}, version=1)
    assert missing(aftercare, "2015-06-21") == {}
    assert missing(aftercare, "2015-06-22") == {path: {"identity": "process_director"}}


def test_while_a_refusal_stands_nothing_is_missing(detainee: Detainee, aftercare: RunningService) -> None:
    path = detainee.detained()
    aftercare.post(f"{path}/refusals", REFUSAL | {"refusedOn": "2015-05-22"})
    assert missing(aftercare, "2015-05-21") == {path: {"conversation": "aftercare_coordinator"}}
    assert missing(aftercare, "2015-05-22") == {}
    aftercare.post(f"{path}/plan", PLAN, version=0)
    assert missing(aftercare, "2015-05-31") == {}
    assert missing(aftercare, "2015-06-01") == {path: {"conversation": "process_director"}}


def test_nobody_prepares_what_a_municipality_does_itself(detainee: Detainee, aftercare: RunningService) -> None:
    detainee.detained(municipality="Katwijk", ownAftercare=True)
    assert missing(aftercare, "2015-07-01") == {}
    assert watch(aftercare, "2015-07-02")["releasesSeen"] == 0


@pytest.mark.parametrize("read_at_once", [1, 3, 500])
def test_what_is_missing_comes_in_pages_the_first_to_go_first(
    detainee: Detainee, aftercare: RunningService, read_at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.aftercare.preparations.lookups.READ_AT_ONCE", read_at_once)
    last = detainee.detained(expectedReleaseOn="2015-07-03")
    paths = [Detainee(aftercare).detained(municipality="Leiden") for _ in range(3)]
    unknown = Detainee(aftercare).detained(municipality="Alphen aan den Rijn", expectedReleaseOn=None)
    everybody = list(missing(aftercare, "2015-06-30"))
    assert everybody == [*sorted(paths), last, unknown]
    wanted = {"on": "2015-06-30", "limit": "2"}
    first = aftercare.get("/v1/preparations", **wanted).body
    aftercare.post(f"/v1/detentions/{first['next']}/refusals", REFUSAL)
    assert list(missing(aftercare, "2015-06-30", limit="3", cursor=first["next"])) == everybody[2:]
    assert list(missing(aftercare, "2015-06-30", cursor=last.rpartition("/")[2])) == [unknown]
    assert list(missing(aftercare, "2015-06-30", cursor=unknown.rpartition("/")[2])) == []
    assert list(missing(aftercare, "2015-06-30", municipality="Gouda")) == [last]
    assert aftercare.get("/v1/preparations", **wanted, cursor=str(uuid4())).wrong_fields == ["cursor"]


def test_each_preparation_is_raised_once_at_each_level(detainee: Detainee, aftercare: RunningService) -> None:
    detainee.detained()
    assert watch(aftercare, "2015-05-20")["preparationsRaised"] == 1
    assert watch(aftercare, "2015-05-20")["preparationsRaised"] == 0
    assert watch(aftercare, "2015-05-28")["preparationsRaised"] == 1
    assert told(aftercare) == [
        ("conversation", "aftercare_coordinator", "2015-05-20"),
        ("conversation", "process_director", "2015-05-27"),
    ]
    labels = {"house": aftercare.house, "preparation": "conversation"}
    by_level = [aftercare.metric("aftercare_preparations_overdue", **labels, level=level) for level in LEVELS]
    assert by_level == [0, 1]


def test_several_that_watch_at_the_same_moment_raise_nothing_twice(
    detainee: Detainee, aftercare: RunningService
) -> None:
    detainee.detained()
    rounds = [eventlet.spawn(watch, aftercare, on) for on in ("2015-07-01", "2015-07-02") * 2]
    assert sum(each.wait()["preparationsRaised"] for each in rounds) == 2 * len(ALL)
    assert len(set(told(aftercare))) == len(told(aftercare)) == 2 * len(ALL)
    assert len(aftercare.announced("releases.unprepared.v1")) == 1


def test_whoever_leaves_with_nothing_is_a_breach_until_something_is_done(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    assert watch(aftercare, "2015-07-01")["breachesRaised"] == 0
    assert watch(aftercare, "2015-07-02")["breachesRaised"] == 1
    assert watch(aftercare, "2015-07-03")["breachesRaised"] == 0
    [breach] = aftercare.announced("releases.unprepared.v1")
    assert (breach["subject"], breach["time"]) == (str(detainee.case_id), "2015-07-01T12:00:00Z")
    assert breach["data"] == {
        "detentionId": path.rpartition("/")[2],
        "municipality": "Gouda",
        "releasedOn": "2015-07-01",
    }
    assert breaches(aftercare, state="open") == [(path, "2015-07-01", "open")]
    assert aftercare.metric("aftercare_released_without_plan", house=aftercare.house) == 1
    aftercare.post(f"{path}/plan", PLAN | {"madeOn": "2015-07-03"}, version=0)
    assert breaches(aftercare) == [(path, "2015-07-01", "mended")]
    watch(aftercare, "2015-07-04")
    assert aftercare.metric("aftercare_released_without_plan", house=aftercare.house) == 0


@pytest.mark.parametrize(
    ("command", "body"),
    [("plan", PLAN), ("refusals", REFUSAL), ("release-dates", LATER)],
    ids=["a plan", "a refusal", "another release date"],
)
def test_what_somebody_records_after_a_breach_disputes_it_until_somebody_else_confirms(
    command: str, body: dict[str, Any], detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    watch(aftercare, "2015-07-02")
    assert confirm(aftercare, "director").wrong_fields == ["releaseId"]
    aftercare.post(f"{path}/{command}", body, version=0)
    assert breaches(aftercare) == [(path, "2015-07-01", "disputed")]
    assert breaches(aftercare, state="open") == []
    watch(aftercare, "2015-07-03")
    assert aftercare.metric("aftercare_released_without_plan", house=aftercare.house) == 1
    assert confirm(aftercare, "coordinator").wrong_fields == ["releaseId"]
    assert confirm(aftercare, "director").body["state"] == "withdrawn"
    assert breaches(aftercare) == [(path, "2015-07-01", "withdrawn")]


def test_a_partner_that_tells_another_release_date_withdraws_a_breach(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    watch(aftercare, "2015-07-02")
    report = {"detainedOn": "2015-03-02", "releaseOn": "2015-08-01", "reportedOn": "2015-06-29"}
    assert judgement(aftercare, "release-dates.reported.v1", report, detainee.case_id) == []
    assert breaches(aftercare) == [(path, "2015-07-01", "withdrawn")]


def test_a_fact_that_was_recorded_before_the_breach_and_is_of_its_day_disputes_nothing(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    aftercare.post(f"{path}/refusals", REFUSAL)
    watch(aftercare, "2015-07-02")
    assert breaches(aftercare) == []
    wrong = {"refusedOn": REFUSAL["refusedOn"], "because": "andere persoon"}
    assert aftercare.post(f"{path}/refusals/withdrawal", wrong).status == 204


def test_somebody_without_a_release_date_is_seen_from_the_notice_on(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained(expectedReleaseOn=None)
    assert missing(aftercare, "2015-03-16") == {}
    assert missing(aftercare, "2015-03-17") == {path: {"conversation": "aftercare_coordinator"}}
    assert missing(aftercare, "2015-10-01") == {path: {"conversation": "process_director", "plan": "process_director"}}
    assert watch(aftercare, "2015-10-01")["preparationsRaised"] == 4
    assert watch(aftercare, "2015-10-02")["breachesRaised"] == 0


def test_who_goes_free_on_the_day_on_which_it_is_told_lacks_everything_and_the_breach_says_so(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained(expectedReleaseOn=None)
    free_today = {"releaseOn": "2015-10-01", "source": "dji", "changedOn": "2015-10-01"}
    aftercare.post(f"{path}/release-dates", free_today)
    assert missing(aftercare, "2015-10-01") == {path: dict.fromkeys(ALL, "process_director")}
    watch(aftercare, "2015-10-02")
    [breach] = aftercare.get("/v1/breaches").body["items"]
    assert (breach["releasedOn"], breach["announcedOn"], breach["state"]) == ("2015-10-01", "2015-10-01", "open")


def test_a_past_day_is_seen_with_the_release_date_that_was_known_on_it(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    later = {"releaseOn": "2015-09-01", "source": "dji", "changedOn": "2015-06-10"}
    aftercare.post(f"{path}/release-dates", later)
    [item] = aftercare.get("/v1/preparations", on="2015-06-09").body["items"]
    assert (item["releaseOn"], len(item["missing"])) == ("2015-07-01", 2)
    assert missing(aftercare, "2015-06-10") == {}


def test_while_the_release_date_is_not_known_any_more_the_watch_waits(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    unknown = {"source": "dji", "changedOn": "2015-06-10"}
    assert aftercare.post(f"{path}/release-dates", unknown).body["releaseDate"]["releaseOn"] is None
    assert watch(aftercare, "2015-07-02")["releasesSeen"] == 0
    assert set(missing(aftercare, "2015-07-02")[path]) == {"conversation", "plan"}
    [_, changed] = [None, *aftercare.announced("release-dates.changed.v1")]
    assert "releaseOn" not in changed["data"]


def test_for_a_withdrawn_detention_nothing_is_due_and_no_breach_is_seen(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    died = {"on": "2015-06-10", "reason": "died", "because": "bericht van de PI"}
    assert aftercare.post(f"{path}/withdrawal", died).body["withdrawal"] == "died"
    assert aftercare.post(f"{path}/withdrawal", died).status == 201
    assert aftercare.post(f"{path}/withdrawal", died | {"reason": "mistake"}).status == 409
    assert missing(aftercare, "2015-06-09") != {}
    assert missing(aftercare, "2015-06-10") == {}
    assert watch(aftercare, "2015-07-02")["releasesSeen"] == 0
    [withdrawn] = aftercare.announced("detentions.withdrawn.v1")
    assert withdrawn["data"] == {
        "detentionId": path.rpartition("/")[2],
        "reason": "died",
        "withdrawnOn": "2015-06-10",
    }


def test_a_release_on_another_day_is_another_breach(detainee: Detainee, aftercare: RunningService) -> None:
    path = detainee.detained()
    watch(aftercare, "2015-07-02")
    aftercare.post(f"{path}/release-dates", LATER)
    watch(aftercare, "2015-08-02")
    assert breaches(aftercare) == [(path, "2015-07-01", "disputed"), (path, "2015-08-01", "open")]
    first = aftercare.get("/v1/breaches", limit="1").body
    assert breaches(aftercare, cursor=first["next"]) == [(path, "2015-08-01", "open")]
    assert aftercare.get("/v1/breaches", cursor=str(uuid4())).wrong_fields == ["cursor"]


@pytest.mark.parametrize(
    ("commands", "prepared"),
    [({"plan": PLAN}, "plan"), ({"refusals": REFUSAL}, "refusal"), ({}, "nothing")],
)
def test_each_release_is_counted_once_by_how_long_it_was_known_and_what_was_ready(
    commands: dict[str, Any], prepared: str, detainee: Detainee, aftercare: RunningService
) -> None:
    def counted() -> float:
        labels = {"house": aftercare.house, "lead_time": "over_6_weeks", "prepared": prepared}
        return aftercare.metric("aftercare_releases_total", **labels)

    path, before = detainee.detained(), counted()
    for command, body in commands.items():
        aftercare.post(f"{path}/{command}", body, version=0)
    for on in ("2015-07-02", "2015-07-03"):
        watch(aftercare, on)
    assert counted() - before == 1


def test_days_from_the_notice_to_the_first_plan_are_measured(detainee: Detainee, aftercare: RunningService) -> None:
    def measured() -> list[float]:
        names = ("aftercare_notice_to_plan_days_count", "aftercare_notice_to_plan_days_sum")
        return [aftercare.metric(name, house=aftercare.house) for name in names]

    path, (plans, days) = detainee.detained(), measured()
    for version, made_on in enumerate(("2015-06-01", "2015-06-20")):
        aftercare.post(f"{path}/plan", PLAN | {"madeOn": made_on}, version=version)
    assert measured() == [plans + 1, days + 90]


def test_a_process_director_looks_and_a_coordinator_watches(detainee: Detainee, aftercare: RunningService) -> None:
    path = detainee.detained()
    wanted = {"on": "2015-07-01"}
    found = aftercare.get("/v1/preparations", "director", **wanted).body["items"]
    assert [f"/v1/detentions/{each['detentionId']}" for each in found] == [path]
    assert aftercare.get("/v1/breaches", "director").status == 200
    assert aftercare.post("/v1/watch-rounds", wanted, "director").status == 403


def test_a_caller_sees_and_watches_its_own_house_alone(detainee: Detainee, aftercare: RunningService) -> None:
    detainee.detained()
    watch(aftercare, "2015-07-02")
    assert len(breaches(aftercare)) == 1
    assert aftercare.get("/v1/preparations", "elsewhere", on="2015-07-01").status == 404
    assert aftercare.get("/v1/breaches", "elsewhere").body["items"] == []
    assert aftercare.post("/v1/watch-rounds", {"on": "2015-07-01"}, "elsewhere").status == 404


class Undone(Exception):
    """What was done is to be forgotten."""


def raised(aftercare: RunningService, days: Iterable[date]) -> set[tuple[Any, ...]]:
    """What there is after these days were watched, which is undone."""
    rows: list[tuple[Any, ...]] = []
    with suppress(Undone), aftercare.begin() as unit:
        for day in days:
            handlers.watch(aftercare.house, day, unit)
        unit.flush()
        for table in ("overdue_preparations", "releases"):
            columns = "preparation, level, due_on" if table == "overdue_preparations" else "released_on, prepared"
            rows += unit.connection.execute(f"SELECT detention_id, {columns} FROM {table}").fetchall()
        raise Undone
    assert len(rows) == len(set(rows))
    return set(rows)


def test_for_which_days_and_in_which_order_it_is_watched_makes_no_difference_to_a_day(
    detainee: Detainee, aftercare: RunningService
) -> None:
    paths = [
        detainee.detained(),
        *(Detainee(aftercare).detained(expectedReleaseOn=f"2015-06-{day}") for day in ("05", "25")),
    ]
    aftercare.post(f"{paths[0]}/plan", PLAN, version=0)
    aftercare.post(f"{paths[1]}/refusals", REFUSAL)
    days = [date(2015, 5, 25), date(2015, 6, 3), date(2015, 6, 24), date(2015, 6, 26), date(2015, 7, 2)]
    alone = {day: raised(aftercare, [day]) for day in days}
    assert {UUID(each.rpartition("/")[2]) for each in paths} == {row[0] for rows in alone.values() for row in rows}

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.sampled_from(days), min_size=2, max_size=7))
    def in_any_order(order: list[date]) -> None:
        assert raised(aftercare, order) == set().union(*(alone[day] for day in order))

    in_any_order()
