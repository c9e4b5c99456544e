"""Stays in the transition house in Gouda, which has six places."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import eventlet
import psycopg
import pytest
from psycopg.errors import DeadlockDetected, ExclusionViolation, IntegrityError

from services.aftercare.tests.given import known_case
from shared.testing.service import Answer, RunningService

Ask = Callable[..., str]
TAKES = """
INSERT INTO stays (stay_id, house, transition_house, case_id, asked_on, place, began_on, ended_on)
VALUES (gen_random_uuid(), 'h', %s, %s, '2015-01-01', %s, %s, %s)
"""


@pytest.fixture
def ask(aftercare: RunningService) -> Ask:
    """Puts somebody on the waiting list; gives the stay's path."""

    def asked(on: str = "2015-01-02", case_id: str = "") -> str:
        answer = aftercare.post("/v1/stays", wanted(on, case_id or known_case(aftercare)))
        assert answer.status == 201, answer.text
        return f"/v1/stays/{answer.body['stayId']}"

    return asked


def wanted(on: str = "2015-01-02", case_id: str = "") -> dict[str, Any]:
    return {"caseId": case_id or str(uuid4()), "transitionHouse": "gouda", "askedOn": on}


def gouda(aftercare: RunningService, on: str) -> dict[str, Any]:
    [house] = aftercare.get("/v1/transition-houses", on=on).body
    found: dict[str, Any] = house
    return found


def begin(aftercare: RunningService, path: str, on: str, **place: int) -> Answer:
    return aftercare.post(f"{path}/beginning", {"on": on, **place})


def test_somebody_waits_lives_there_and_leaves(ask: Ask, aftercare: RunningService) -> None:
    path = ask()
    assert begin(aftercare, path, "2015-02-01").body["place"] == 1
    left = aftercare.post(f"{path}/ending", {"on": "2015-03-01"})
    assert (left.status, left.body["state"], left.body["endedOn"]) == (201, "ended", "2015-03-01")
    [began], [ended] = (aftercare.announced(f"stays.{what}.v1") for what in ("began", "ended"))
    which = {"stayId": left.body["stayId"], "transitionHouse": "gouda", "beganOn": "2015-02-01"}
    assert began["data"] == which | {"askedOn": "2015-01-02"}
    assert ended["data"] == which | {"endedOn": "2015-03-01"}
    assert ended["time"] == "2015-03-01T12:00:00Z"


def test_each_command_again_gets_the_same_answer(aftercare: RunningService) -> None:
    asked = aftercare.post("/v1/stays", again := wanted(case_id=known_case(aftercare)))
    assert aftercare.post("/v1/stays", again) == asked
    path = f"/v1/stays/{asked.body['stayId']}"
    for step, on in (("beginning", "2015-02-01"), ("ending", "2015-03-01")):
        assert aftercare.post(f"{path}/{step}", {"on": on}) == aftercare.post(f"{path}/{step}", {"on": on})
    assert [len(aftercare.announced(f"stays.{what}.v1")) for what in ("began", "ended")] == [1, 1]


def test_the_waiting_list_is_in_the_order_of_asking(ask: Ask, aftercare: RunningService) -> None:
    last, first, gone, living = ask("2015-01-04"), ask("2015-01-03"), ask(), ask()
    assert aftercare.post(f"{gone}/withdrawal", {"on": "2015-01-05"}).body["state"] == "withdrawn"
    begin(aftercare, living, "2015-01-05")

    def found(**filters: str) -> list[str]:
        answer = aftercare.get("/v1/stays", transitionHouse="gouda", **filters)
        return [f"/v1/stays/{each['stayId']}" for each in answer.body["items"]]

    assert found(state="waiting") == [first, last]
    assert (found(state="withdrawn"), found(state="running"), found(state="ended")) == ([gone], [living], [])
    page = aftercare.get("/v1/stays", limit="1").body
    assert found(cursor=page["next"]) == [living, first, last]


def test_nine_in_and_four_out_after_a_mean_stay_of_164_days(ask: Ask, aftercare: RunningService) -> None:
    before = ask("2014-12-01")
    begin(aftercare, before, "2014-12-01")
    ends = ("2015-06-05", "2015-06-25", "2015-06-19", "2015-06-20")  # of stays of 150 and 170, 168 and 169 days
    begins = ("2015-01-06", "2015-01-06", "2015-01-02", "2015-01-02")
    for began, ended in zip(begins, ends, strict=True):
        path = ask()
        begin(aftercare, path, began)
        aftercare.post(f"{path}/ending", {"on": ended})
    for _ in range(5):
        begin(aftercare, ask(), "2015-07-01")
    ask("2015-12-01")
    found = gouda(aftercare, on="2015-12-31")
    assert (found["places"], found["occupied"], found["waiting"]) == (6, 6, 1)
    assert (found["movedIn"], found["movedOut"], found["meanStayDays"]) == (9, 4, 164)
    found = gouda(aftercare, on="2015-06-04")
    assert (found["occupied"], found["movedIn"], found["movedOut"], found["meanStayDays"]) == (5, 4, 0, None)


def test_of_those_who_want_the_last_place_at_the_same_moment_one_gets_it(ask: Ask, aftercare: RunningService) -> None:
    for _ in range(5):
        begin(aftercare, ask(), "2015-02-01")
    wanting = [eventlet.spawn(begin, aftercare, ask(), "2015-02-01") for _ in range(6)]
    answers = [each.wait() for each in wanting]
    assert sorted(each.status for each in answers) == [201, *[422] * 5]
    assert {tuple(each.wrong_fields) for each in answers if each.status == 422} == {("on",)}
    assert gouda(aftercare, "2015-02-01")["occupied"] == 6


@pytest.mark.parametrize(
    ("place", "field"), [({"place": 7}, "place"), ({"place": 0}, "place"), ({"place": 1}, "place")]
)
def test_a_place_that_is_not_there_or_taken_is_refused(
    place: dict[str, int], field: str, ask: Ask, aftercare: RunningService
) -> None:
    begin(aftercare, ask(), "2015-02-01", place=1)
    answer = begin(aftercare, ask(), "2015-02-15", **place)
    assert (answer.status, answer.wrong_fields) == (422, [field])


def test_an_unknown_transition_house_is_refused(aftercare: RunningService) -> None:
    answer = aftercare.post("/v1/stays", wanted(case_id=known_case(aftercare)) | {"transitionHouse": "hotel"})
    assert (answer.status, answer.wrong_fields) == (422, ["transitionHouse"])


@pytest.mark.parametrize(
    ("stays", "broken"),
    [
        ([("a", 1, 1, "2015-02-01", None), ("a", 2, 1, "2015-01-15", None)], "no_place_twice_at_a_time"),
        ([("a", 1, 1, "2015-02-01", "2015-03-01"), ("b", 1, 2, "2015-02-28", None)], "nobody_in_two_places"),
        ([("a", 1, None, "2015-02-01", None)], "a_stay_has_a_place"),
        ([("a", 1, None, None, "2015-02-01")], "an_end_has_a_beginning"),
        ([("a", 1, 1, "2015-02-01", "2015-01-31")], "stays_check1"),
    ],
)
def test_the_database_itself_refuses_what_can_not_be(
    stays: list[tuple[Any, ...]], broken: str, aftercare: RunningService
) -> None:
    people = {number: uuid4() for number in (1, 2)}
    with psycopg.connect(aftercare.database.url) as connection, pytest.raises(IntegrityError) as refused:
        for house, person, *rest in stays:
            connection.execute(TAKES, (house, people[person], *rest))
    assert refused.value.diag.constraint_name == broken


def test_the_database_itself_gives_a_place_to_one_of_two_at_the_same_moment(aftercare: RunningService) -> None:
    """Each before the other has committed, past the service's own lock. Where two wait for each other, the
    database ends one of them as a deadlock: that one is refused as well."""

    def take() -> bool:
        try:
            with psycopg.connect(aftercare.database.url) as connection:
                connection.execute(TAKES, ("a", uuid4(), 1, "2015-02-01", None))
                eventlet.sleep(0.05)
        except (ExclusionViolation, DeadlockDetected):
            return False
        return True

    assert sorted(each.wait() for each in [eventlet.spawn(take) for _ in range(4)]) == [False] * 3 + [True]


def test_a_caller_sees_and_changes_its_own_house_alone(ask: Ask, aftercare: RunningService) -> None:
    path = ask()
    assert aftercare.get("/v1/stays", "elsewhere").body["items"] == []
    assert aftercare.get("/v1/transition-houses", "elsewhere", on="2015-01-01").status == 404
    assert begin(aftercare, path, "2015-02-01").status == 201
    assert aftercare.post(f"{path}/ending", {"on": "2015-03-01"}, "elsewhere").status == 404
    assert aftercare.post("/v1/stays", wanted(), "director").status == 403


def test_a_case_of_which_nobody_told_is_refused(aftercare: RunningService) -> None:
    answer = aftercare.post("/v1/stays", wanted())
    assert (answer.status, answer.body["errors"][0]["code"], answer.wrong_fields) == (422, "unknown_case", ["caseId"])


SLIP = {"because": "verkeerde dag"}


def test_each_step_of_a_stay_can_be_corrected_and_the_slip_stays_readable(ask: Ask, aftercare: RunningService) -> None:
    path = ask()
    begin(aftercare, path, "2015-02-01")
    aftercare.post(f"{path}/ending", {"on": "2015-03-01"})
    began = [aftercare.post(f"{path}/beginning/correction", {"on": "2015-02-03", "place": 4} | SLIP) for _ in range(2)]
    ended = [aftercare.post(f"{path}/ending/correction", {"on": "2015-03-05"} | SLIP) for _ in range(2)]
    assert began[0] == began[1]
    assert ended[0] == ended[1]
    stay = aftercare.get(path).body
    assert (stay["beganOn"], stay["place"], stay["endedOn"], stay["state"]) == ("2015-02-03", 4, "2015-03-05", "ended")
    steps = [(each["step"], each["takenOn"], each["withdrawnBecause"]) for each in stay["steps"]]
    assert steps == [
        ("asked", "2015-01-02", None),
        ("began", "2015-02-01", SLIP["because"]),
        ("ended", "2015-03-01", SLIP["because"]),
        ("began", "2015-02-03", None),
        ("ended", "2015-03-05", None),
    ]
    assert all(each["recordedBy"] and each["recordedAt"] for each in stay["steps"])
    withdrawn = aftercare.announced("stay-steps.withdrawn.v1")
    assert [each["data"]["step"] for each in withdrawn] == ["began", "ended"]
    told = [(each["data"]["beganOn"], each["data"]["endedOn"]) for each in aftercare.announced("stays.ended.v1")]
    assert told == [("2015-02-01", "2015-03-01"), ("2015-02-03", "2015-03-01"), ("2015-02-03", "2015-03-05")]


def test_an_end_then_a_beginning_can_be_withdrawn(ask: Ask, aftercare: RunningService) -> None:
    path = ask()
    begin(aftercare, path, "2015-02-01")
    aftercare.post(f"{path}/ending", {"on": "2015-03-01"})
    assert aftercare.post(f"{path}/beginning/withdrawal", SLIP).wrong_fields == ["on"]
    assert aftercare.post(f"{path}/ending/withdrawal", SLIP).body["state"] == "running"
    assert aftercare.post(f"{path}/beginning/withdrawal", SLIP).body["state"] == "waiting"
    assert aftercare.post(f"{path}/beginning/withdrawal", SLIP).status == 422
    assert begin(aftercare, path, "2015-02-02").body["place"] == 1


@pytest.mark.parametrize("step", ["ending/withdrawal", "ending/correction"])
def test_a_place_that_somebody_else_got_since_is_not_taken_back(step: str, ask: Ask, aftercare: RunningService) -> None:
    path = ask()
    begin(aftercare, path, "2015-02-01")
    aftercare.post(f"{path}/ending", {"on": "2015-03-01"})
    begin(aftercare, ask(), "2015-03-01", place=1)
    body = SLIP | ({"on": "2015-03-02"} if "correction" in step else {})
    answer = aftercare.post(f"{path}/{step}", body)
    assert (answer.status, answer.body["errors"][0]["code"]) == (422, "place_taken")
    assert aftercare.get(path).body["endedOn"] == "2015-03-01"


def test_nobody_lives_in_two_places_or_waits_twice_by_a_correction(ask: Ask, aftercare: RunningService) -> None:
    case_id = known_case(aftercare)
    first = ask(case_id=case_id)
    begin(aftercare, first, "2015-02-01")
    aftercare.post(f"{first}/ending", {"on": "2015-03-01"})
    second = ask("2015-03-02", case_id)
    answer = aftercare.post(f"{first}/ending/withdrawal", SLIP)
    assert answer.body["errors"][0]["code"] == "waits_again"
    begin(aftercare, second, "2015-03-10")
    answer = aftercare.post(f"{first}/ending/correction", {"on": "2015-03-11"} | SLIP)
    assert answer.body["errors"][0]["code"] == "lives_elsewhere"
    answer = aftercare.post(f"{second}/beginning/correction", {"on": "2015-03-01"} | SLIP)
    assert answer.body["errors"][0]["code"] == "before_asked"
    answer = aftercare.post(f"{first}/beginning/correction", {"on": "2015-03-02"} | SLIP)
    assert answer.body["errors"][0]["code"] == "after_end"
    assert aftercare.post(f"{first}/beginning/correction", {"on": "2015-02-02", "place": 9} | SLIP).wrong_fields == [
        "place"
    ]
