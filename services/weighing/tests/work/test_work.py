"""What waits for the weighing team: the coming briefings, and who has not answered."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import psycopg

from services.weighing.tests.briefing import BILATERAL, DEFERRED, Briefing
from shared.business_dates import today
from shared.testing.service import RunningService
from shared.testing.waiting import wait_until

OVER = date(2015, 3, 9)


def work(weighing: RunningService, caller: str = "team", **wanted: str) -> list[dict[str, Any]]:
    answer = weighing.get("/v1/work", caller, **wanted)
    assert answer.status == 200, answer.text
    return list(answer.body["items"])


def unanswered_since(weighing: RunningService, day: date) -> None:
    """The day of all requests is over."""
    with psycopg.connect(weighing.database.url) as connection:
        connection.execute("UPDATE information_requests SET answer_by = %s", [day])


def test_a_coming_briefing_waits_with_all_that_is_left_from_earlier_ones(
    briefing: Briefing, weighing: RunningService
) -> None:
    received = ["2015-03-05", "2015-03-04", (today() + timedelta(weeks=8)).isoformat()]
    for day in received:
        briefing.on_agenda(receivedOn=day)
    listed = weighing.get("/v1/briefings", subRegion="Holland Rijnland").body["items"]
    coming, later = (each for each in listed if each["waiting"])
    assert work(weighing) == [
        {
            "kind": "briefing",
            "objectId": "Holland Rijnland",
            "caseId": None,
            "municipality": None,
            "since": since,
            "dueOn": found["on"],
            "overdue": False,
            "count": waiting,
        }
        for found, since, waiting in ((coming, "2015-03-04", 2), (later, received[2], 1))
    ]


def test_who_does_not_answer_in_time_is_work_until_the_answer_or_the_decision(
    briefing: Briefing, weighing: RunningService
) -> None:
    case_id = uuid4()
    answered, decided = briefing.on_agenda(case_id=case_id), briefing.on_agenda()
    assert [item["kind"] for item in work(weighing)] == ["briefing"]
    unanswered_since(weighing, OVER)
    assert [item["kind"] for item in work(weighing)] == ["briefing"], "the team reminds nobody"
    first, second, last = work(weighing, "coordinator")
    assert {first["objectId"], second["objectId"]} == {answered, decided}
    assert last["kind"] == "briefing", "what is overdue comes first"
    assert first | {"objectId": answered, "caseId": str(case_id)} == {
        "kind": "information_overdue",
        "objectId": answered,
        "caseId": str(case_id),
        "municipality": "Leiden",
        "since": "2015-03-09",
        "dueOn": "2015-03-09",
        "overdue": True,
        "count": 1,
    }
    [asked] = [each["data"] for each in briefing.asked() if each["data"]["referralId"] == answered]
    answer = {"requestId": asked["requestId"], "partner": asked["partner"], "answeredOn": "2015-03-10", "involved": []}
    briefing.send("information-requests.answered.v1", answer, case_id=case_id)
    assert wait_until(lambda: [item["objectId"] for item in work(weighing, "coordinator")[:-1]] == [decided], 10)
    briefing.decide(decided, BILATERAL)
    assert [item["kind"] for item in work(weighing, "coordinator")] == ["briefing"]


def test_whom_no_message_asks_is_work_for_who_asks_until_it_answers(
    briefing: Briefing, weighing: RunningService
) -> None:
    referral_id = briefing.on_agenda()
    path = f"/v1/referrals/{referral_id}/information-requests"
    asked = weighing.post(path, {"partner": "fivoor", "services": ["organisation"]}, "coordinator")
    assert asked.status == 201, asked.text
    [call] = [item for item in work(weighing, "coordinator") if item["kind"] == "partner_to_call"]
    assert (call["objectId"], call["dueOn"]) == (asked.body["requestId"], asked.body["answerBy"])
    assert {item["kind"] for item in work(weighing)} == {"briefing"}
    items = weighing.get("/v1/information-requests", "coordinator", state="open").body["items"]
    assert {each["request"]["partner"]: each["toCall"] for each in items} == {"gemeente-leiden": False, "fivoor": True}
    weighing.as_service.execute("UPDATE information_requests SET reminded_on = asked_on")
    assert [item["kind"] for item in work(weighing, "coordinator")].count("partner_to_call") == 2
    unanswered_since(weighing, OVER)
    assert {item["kind"] for item in work(weighing, "coordinator")} == {"information_overdue", "briefing"}


def test_after_a_deferral_nobody_waits_for_the_answer_to_the_question_of_before(
    briefing: Briefing, weighing: RunningService
) -> None:
    referral_id = briefing.on_agenda()
    unanswered_since(weighing, OVER)
    assert [item["kind"] for item in work(weighing, "coordinator")] == ["information_overdue", "briefing"]
    assert briefing.decide(referral_id, DEFERRED).status == 201
    assert [item["kind"] for item in work(weighing, "coordinator")] == ["briefing"]


def test_work_comes_in_pages(briefing: Briefing, weighing: RunningService) -> None:
    ids = [briefing.on_agenda() for _ in range(3)]
    unanswered_since(weighing, OVER)
    pages, cursor = [], None
    for _ in range(4):
        page = weighing.get("/v1/work", "coordinator", limit="1", **({"cursor": cursor} if cursor else {})).body
        pages += [item["objectId"] for item in page["items"]]
        cursor = page["next"]
    assert (pages, cursor) == ([*sorted(ids), "Holland Rijnland"], None)


def test_work_is_that_of_the_own_house_and_function(briefing: Briefing, weighing: RunningService) -> None:
    briefing.on_agenda()
    assert work(weighing, "elsewhere") == []
    assert weighing.get("/v1/work", "director").status == 403
    assert weighing.as_service.execute("SELECT FROM audit_log WHERE operation = 'work'").fetchall() == []
    assert weighing.get("/v1/work", "nobody").status == 401


def test_parked_messages_are_the_operators_work(briefing: Briefing, weighing: RunningService) -> None:
    for _ in range(2):
        briefing.register(municipality="Atlantis")
    assert wait_until(lambda: len(weighing.parked()) == 2, 10)
    [waiting] = work(weighing, "operator")
    assert (waiting["kind"], waiting["objectId"], waiting["count"]) == ("parked_messages", "weighing", 2)
    assert waiting["since"] in (today().isoformat(), (today() - timedelta(days=1)).isoformat())
    assert work(weighing) == []
