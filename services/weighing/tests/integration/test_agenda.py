"""From a registered referral to its place on an agenda, with what the municipality knows about it."""

from typing import Any
from uuid import uuid4

from services.weighing.tests.integration.briefing import (
    BILATERAL,
    HOUSE,
    NEXT_TUESDAY,
    SECONDS,
    TUESDAY,
    Briefing,
)
from shared.testing.service import RunningService
from shared.testing.waiting import wait_until

REQUIRED = ["kind", "municipality", "receivedOn", "referralId", "referrer", "subRegion", "subjectId"]


def answer(request: dict[str, Any], **differently: Any) -> dict[str, Any]:
    return {
        "requestId": request["data"]["requestId"],
        "partner": request["data"]["partner"],
        "answeredOn": "2015-03-09",
        "involved": ["debt_counselling", "housing"],
        **differently,
    }


def test_a_referral_is_on_the_agenda_of_its_sub_region_alone(briefing: Briefing) -> None:
    north = briefing.on_agenda()
    south = briefing.on_agenda(municipality="Gouda", subRegion="Midden Holland")
    assert briefing.agenda() == [north]
    assert briefing.agenda("2015-03-12", subRegion="Midden Holland") == [south]


def test_a_referral_stays_on_each_later_agenda_until_the_team_decides(briefing: Briefing) -> None:
    referral_id = briefing.on_agenda()
    assert briefing.agenda("2015-03-09") == []
    assert briefing.agenda(TUESDAY) == briefing.agenda(NEXT_TUESDAY) == [referral_id]
    briefing.decide(referral_id, BILATERAL)
    assert briefing.agenda(NEXT_TUESDAY) == []


def test_the_municipality_is_asked_about_the_subject_in_the_case_of_the_referral(briefing: Briefing) -> None:
    case_id, subject_id = uuid4(), str(uuid4())
    referral_id = briefing.on_agenda(case_id=case_id, subjectId=subject_id)
    [asked] = briefing.asked()
    assert (asked["subject"], asked["house"], asked["time"]) == (str(case_id), HOUSE, "2015-03-05T09:00:00Z")
    assert asked["data"].pop("requestId")
    assert asked["data"] == {
        "referralId": referral_id,
        "subjectId": subject_id,
        "partner": "gemeente-leiden",
        "answerBy": "2015-03-09",
    }


def test_nobody_is_asked_about_somebody_without_a_municipality(briefing: Briefing) -> None:
    briefing.on_agenda(municipality="Geen GBA")
    assert briefing.asked() == []


def test_the_answer_is_shown_on_the_agenda_even_when_it_comes_late(
    briefing: Briefing, weighing: RunningService
) -> None:
    referral_id = briefing.on_agenda()
    [asked] = briefing.asked()

    def shown() -> Any:
        return briefing.referral(referral_id).body["informationRequests"][0]

    assert (shown()["answeredOn"], shown()["involved"]) == (None, None)
    briefing.send("information-requests.answered.v1", answer(asked, answeredOn="2015-04-01"), case_id=uuid4())
    assert wait_until(lambda: shown()["answeredOn"] == "2015-04-01", SECONDS)
    assert shown()["involved"] == ["debt_counselling", "housing"]
    assert shown()["answerBy"] == "2015-03-09"


def test_an_answer_that_nobody_asked_for_is_parked(briefing: Briefing, weighing: RunningService) -> None:
    briefing.on_agenda()
    [asked] = briefing.asked()
    unasked = [["requestId", "is not an information request that was put to this partner"]]
    for wrong in (answer(asked, requestId=str(uuid4())), answer(asked, partner="gemeente-gouda")):
        briefing.send("information-requests.answered.v1", wrong, case_id=uuid4())
    assert wait_until(lambda: weighing.parked() == [unasked, unasked], SECONDS)


def test_a_second_answer_is_parked_and_the_first_stays(briefing: Briefing, weighing: RunningService) -> None:
    referral_id = briefing.on_agenda()
    [asked] = briefing.asked()
    briefing.send("information-requests.answered.v1", answer(asked), case_id=uuid4())
    briefing.send("information-requests.answered.v1", answer(asked, involved=[]), case_id=uuid4())
    assert wait_until(lambda: weighing.parked() == [[["requestId", "is answered already"]]], SECONDS)
    [request] = briefing.referral(referral_id).body["informationRequests"]
    assert request["involved"] == ["debt_counselling", "housing"]


def test_a_referral_that_is_announced_twice_is_on_the_agenda_once(briefing: Briefing) -> None:
    referral_id = briefing.on_agenda()
    briefing.register(referralId=referral_id)
    last = briefing.on_agenda(receivedOn="2015-03-06")
    assert briefing.agenda() == [referral_id, last]
    assert len(briefing.asked()) == 2


def test_what_does_not_fit_the_house_is_parked_and_the_rest_goes_on(
    briefing: Briefing, weighing: RunningService
) -> None:
    briefing.register(municipality="Atlantis")
    briefing.register(subRegion="West")
    briefing.register(house="elsewhere")
    briefing.send("referrals.registered.v1", {}, case_id=uuid4())
    good = briefing.on_agenda()
    assert briefing.agenda() == [good]
    assert [sorted(field for field, _ in problems) for problems in weighing.parked()] == [
        ["municipality"],
        ["subRegion"],
        ["house"],
        [f"data.{name}" for name in REQUIRED],
    ]


def test_an_agenda_shows_what_was_decided_before_on_the_same_subject(
    briefing: Briefing, weighing: RunningService
) -> None:
    subject_id = str(uuid4())
    first = briefing.on_agenda(subjectId=subject_id)
    briefing.decide(first, BILATERAL)
    again = briefing.on_agenda(subjectId=subject_id, receivedOn="2015-03-12")
    other = briefing.on_agenda(receivedOn="2015-03-13")
    wanted = {"house": HOUSE, "subRegion": "Holland Rijnland", "on": NEXT_TUESDAY}
    items = {item["referralId"]: item for item in weighing.get("/v1/agenda", **wanted).body["items"]}
    assert items[other]["earlierDecisions"] == []
    [earlier] = items[again]["earlierDecisions"]
    assert (earlier["referralId"], earlier["decision"], earlier["briefingOn"]) == (first, "bilateral", TUESDAY)


def test_an_agenda_comes_in_pages_in_the_order_of_receipt(briefing: Briefing, weighing: RunningService) -> None:
    received = ["2015-03-04", "2015-03-03", "2015-03-05"]
    ids = [briefing.on_agenda(receivedOn=day) for day in received]
    in_order = [ids[1], ids[0], ids[2]]
    assert briefing.agenda() == in_order
    wanted = {"house": HOUSE, "subRegion": "Holland Rijnland", "on": TUESDAY}
    first = weighing.get("/v1/agenda", **wanted, limit="2").body
    assert [item["referralId"] for item in first["items"]] == in_order[:2]
    briefing.decide(in_order[1], BILATERAL)
    last = weighing.get("/v1/agenda", **wanted, limit="2", cursor=first["next"]).body
    assert ([item["referralId"] for item in last["items"]], last["next"]) == (in_order[2:], None)
    assert weighing.get("/v1/agenda", **wanted, cursor=str(uuid4())).wrong_fields == ["cursor"]


def test_the_briefings_tell_how_many_referrals_come_up(briefing: Briefing, weighing: RunningService) -> None:
    for day in ("2015-03-05", "2015-03-06", "2015-03-11"):
        briefing.on_agenda(receivedOn=day)
    found = weighing.get("/v1/briefings", house=HOUSE, subRegion="Holland Rijnland").body
    assert found["items"] == [{"on": TUESDAY, "waiting": 2}, {"on": NEXT_TUESDAY, "waiting": 1}]


def test_the_gauge_follows_the_agenda(briefing: Briefing, weighing: RunningService) -> None:
    def waiting() -> float:
        return weighing.metric("weighing_agenda_waiting", house=HOUSE, sub_region="Holland Rijnland")

    referral_id = briefing.on_agenda()
    assert wait_until(lambda: waiting() == 1, SECONDS)
    briefing.decide(referral_id, BILATERAL)
    assert wait_until(lambda: waiting() == 0, SECONDS)


def test_a_caller_sees_its_own_house_alone(briefing: Briefing, weighing: RunningService) -> None:
    referral_id = briefing.on_agenda()
    wanted = {"house": HOUSE, "subRegion": "Holland Rijnland", "on": TUESDAY}
    assert weighing.get("/v1/agenda", "elsewhere", **wanted).status == 403
    assert weighing.get("/v1/agenda", "director", **wanted).status == 403
    assert weighing.get("/v1/agenda", "nobody", **wanted).status == 401
    assert weighing.get(f"/v1/referrals/{referral_id}", "elsewhere").status == 404
    assert weighing.get(f"/v1/referrals/{uuid4()}").status == 404
