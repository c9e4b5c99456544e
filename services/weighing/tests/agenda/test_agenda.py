"""From a registered referral to its place on an agenda, as other services and the team see it."""

from datetime import date, timedelta
from uuid import uuid4

from services.weighing.tests.briefing import (
    BILATERAL,
    HOUSE,
    NEXT_TUESDAY,
    SECONDS,
    TUESDAY,
    Briefing,
)
from shared.business_dates import today
from shared.suspects.store import SHOWN
from shared.testing.service import RunningService
from shared.testing.waiting import wait_until

REQUIRED = ["ageClass", "kind", "municipality", "receivedOn", "referralId", "referrer", "sex", "subRegion", "subjectId"]


def test_a_referral_is_on_the_agenda_of_its_sub_region_alone(briefing: Briefing) -> None:
    north = briefing.on_agenda()
    south = briefing.on_agenda(municipality="Gouda", subRegion="Midden Holland")
    assert briefing.agenda() == [north]
    assert briefing.agenda("2015-03-12", subRegion="Midden Holland") == [south]


def test_of_an_agenda_one_municipality_can_be_asked(briefing: Briefing, weighing: RunningService) -> None:
    leiden, *katwijk = (briefing.on_agenda(municipality=each) for each in ("Leiden", "Katwijk", "Katwijk"))
    assert briefing.agenda(municipality="Leiden") == [leiden]
    first = weighing.get("/v1/agenda", subRegion="Holland Rijnland", on=TUESDAY, municipality="Katwijk", limit="1").body
    found = [item["referralId"] for item in first["items"]]
    assert len(found) == 1
    assert {*found, *briefing.agenda(municipality="Katwijk", cursor=first["next"])} == {*katwijk}


def test_the_agenda_offers_the_decisions_whose_table_takes_the_subject(
    briefing: Briefing, weighing: RunningService
) -> None:
    everybody = ["focus", "aftercare", "bilateral", "voluntary_trajectory", "escalate", "no_follow_up"]
    briefing.on_agenda()
    child = briefing.on_agenda(ageClass="under_18", receivedOn="2015-03-06")
    wanted = {"subRegion": "Holland Rijnland", "on": TUESDAY}
    grown_up, minor = weighing.get("/v1/agenda", **wanted).body["items"]
    assert (grown_up["ageClass"], grown_up["family"], grown_up["possibleDecisions"]) == (
        "23_and_over",
        False,
        everybody,
    )
    assert minor["possibleDecisions"] == [code for code in everybody if code != "aftercare"]
    assert briefing.decide(child, BILATERAL | {"decision": "aftercare"}).wrong_fields == ["decision"]


def test_a_referral_stays_on_each_later_agenda_until_the_team_decides(briefing: Briefing) -> None:
    referral_id = briefing.on_agenda()
    assert briefing.agenda("2015-03-09") == []
    assert briefing.agenda(TUESDAY) == briefing.agenda(NEXT_TUESDAY) == [referral_id]
    briefing.decide(referral_id, BILATERAL)
    assert briefing.agenda(NEXT_TUESDAY) == []


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
    wanted = {"subRegion": "Holland Rijnland", "on": NEXT_TUESDAY}
    items = {item["referralId"]: item for item in weighing.get("/v1/agenda", **wanted).body["items"]}
    assert items[other]["earlierDecisions"] == []
    [earlier] = items[again]["earlierDecisions"]
    assert (earlier["referralId"], earlier["decision"], earlier["briefingOn"]) == (first, "bilateral", TUESDAY)


def test_an_agenda_comes_in_pages_in_the_order_of_receipt(briefing: Briefing, weighing: RunningService) -> None:
    received = ["2015-03-04", "2015-03-03", "2015-03-05"]
    ids = [briefing.on_agenda(receivedOn=day) for day in received]
    in_order = [ids[1], ids[0], ids[2]]
    assert briefing.agenda() == in_order
    wanted = {"subRegion": "Holland Rijnland", "on": TUESDAY}
    first = weighing.get("/v1/agenda", **wanted, limit="2").body
    assert [item["referralId"] for item in first["items"]] == in_order[:2]
    briefing.decide(in_order[1], BILATERAL)
    last = weighing.get("/v1/agenda", **wanted, limit="2", cursor=first["next"]).body
    assert ([item["referralId"] for item in last["items"]], last["next"]) == (in_order[2:], None)
    assert weighing.get("/v1/agenda", **wanted, cursor=str(uuid4())).wrong_fields == ["cursor"]


def test_the_briefings_tell_how_many_referrals_come_up(briefing: Briefing, weighing: RunningService) -> None:
    received = [date(2015, 3, 5), today() - timedelta(weeks=3), today() + timedelta(weeks=8)]
    late, later, ahead = [briefing.on_agenda(receivedOn=day.isoformat()) for day in received]
    found = weighing.get("/v1/briefings", subRegion="Holland Rijnland").body
    for_some = [item for item in found["items"] if item["waiting"]]
    coming, last = (item["on"] for item in for_some)
    assert [item["waiting"] for item in for_some] == [2, 1]
    assert today().isoformat() <= coming < last
    shown = [briefing.referral(referral_id).body["tableOn"] for referral_id in (late, later, ahead)]
    assert shown == [coming, coming, last]
    assert briefing.agenda(coming) == [late, later]


def test_briefings_that_were_held_are_listed_with_the_decisions_that_stand(
    briefing: Briefing, weighing: RunningService
) -> None:
    first, second, withdrawn = (briefing.on_agenda() for _ in range(3))
    briefing.decide(first, BILATERAL)
    briefing.decide(second, {**BILATERAL, "briefingOn": NEXT_TUESDAY})
    briefing.decide(withdrawn, BILATERAL)
    weighing.post(
        f"/v1/referrals/{withdrawn}/decisions/1/withdrawal", {"because": "another referral was meant"}, "coordinator"
    )
    found = weighing.get("/v1/briefings", subRegion="Holland Rijnland").body
    assert [(each["on"], each["decided"]) for each in found["past"]] == [(NEXT_TUESDAY, 1), (TUESDAY, 1)]
    assert weighing.get("/v1/briefings", subRegion="Midden Holland").body["past"] == []


def test_the_gauge_follows_the_agenda(briefing: Briefing, weighing: RunningService) -> None:
    def waiting() -> float:
        return weighing.metric("weighing_agenda_waiting", house=HOUSE, sub_region="Holland Rijnland")

    referral_id = briefing.on_agenda()
    assert wait_until(lambda: waiting() == 1, SECONDS)
    briefing.decide(referral_id, BILATERAL)
    assert wait_until(lambda: waiting() == 0, SECONDS)


def test_a_caller_sees_its_own_house_alone(briefing: Briefing, weighing: RunningService) -> None:
    referral_id = briefing.on_agenda()
    wanted = {"subRegion": "Holland Rijnland", "on": TUESDAY}
    assert weighing.get("/v1/agenda", "elsewhere", **wanted).body["items"] == []
    assert weighing.get("/v1/briefings", "elsewhere", subRegion="Holland Rijnland").status == 404
    assert weighing.get("/v1/agenda", "director", **wanted).status == 403
    assert weighing.get("/v1/agenda", "nobody", **wanted).status == 401
    assert weighing.get(f"/v1/referrals/{referral_id}", "elsewhere").status == 404
    assert weighing.get(f"/v1/referrals/{uuid4()}").status == 404


def test_a_referral_that_its_sender_withdrew_is_on_no_agenda_and_nobody_is_asked_any_more(
    briefing: Briefing, weighing: RunningService
) -> None:
    case_id = uuid4()
    first, second = briefing.on_agenda(case_id=case_id, municipality="Oegstgeest"), briefing.on_agenda()
    for referral_id in (first, first):
        told = {"referralId": referral_id, "subjectId": str(uuid4()), "withdrawnOn": "2015-03-06"}
        briefing.send("referrals.withdrawn.v1", told, case_id=case_id)
    assert wait_until(lambda: briefing.agenda() == [second], 10)
    assert briefing.decide(first, BILATERAL).status == 409
    voided = [event["data"]["referralId"] for event in weighing.announced("information-requests.voided.v1")]
    assert voided == [first]


def test_a_decision_on_what_was_withdrawn_since_stands_and_brings_it_back_no_more(
    briefing: Briefing, weighing: RunningService
) -> None:
    case_id = uuid4()
    referral_id = briefing.on_agenda(case_id=case_id)
    briefing.decide(referral_id, BILATERAL)
    told = {"referralId": referral_id, "subjectId": str(uuid4()), "withdrawnOn": "2015-03-06"}
    briefing.send("referrals.withdrawn.v1", told, case_id=case_id)
    withdrawn_on = "SELECT withdrawn_on FROM referrals WHERE referral_id = %s"
    assert wait_until(lambda: weighing.as_service.execute(withdrawn_on, [referral_id]).fetchone() != (None,), 10)
    assert len(briefing.referral(referral_id).body["earlierDecisions"]) == 1
    asked = len(briefing.asked())
    assert briefing.withdraw(referral_id).status == 201
    assert briefing.agenda() == []
    assert len(briefing.asked()) == asked


def test_the_agenda_tells_for_some_days_whose_case_runs_at_zsm(briefing: Briefing, weighing: RunningService) -> None:
    case_id, since = uuid4(), today() - timedelta(days=1)
    referral_id, other = briefing.on_agenda(case_id=case_id), briefing.on_agenda()
    for day in (since, since - timedelta(days=5)):
        listed = {"subjectId": str(uuid4()), "partner": "openbaar-ministerie", "listedOn": str(day)}
        briefing.send("suspects.recognised.v1", listed, case_id=case_id)
    assert wait_until(lambda: briefing.referral(referral_id).body["suspectSince"] == str(since), 10)
    assert briefing.referral(other).body["suspectSince"] is None
    weighing.as_service.execute("UPDATE suspects SET listed_on = %s", [today() - SHOWN - timedelta(days=1)])
    assert briefing.referral(referral_id).body["suspectSince"] is None
