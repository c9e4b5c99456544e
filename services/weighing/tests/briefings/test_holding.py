"""A briefing is prepared, held by its chair, and settled; what was there stays readable."""

from typing import Any

import pytest

from services.weighing.tests.briefing import BILATERAL, DEFERRED, FOCUS, INFORMED, TUESDAY, Briefing
from shared.testing.service import Answer, RunningService

HERE = {"subRegion": "Holland Rijnland"}
UNATTENDED = {name: value for name, value in BILATERAL.items() if name != "attendees"}
POLICE = {"partner": "nationale-politie", "name": "A. de Vries", "chair": True}
PROSECUTOR = {"partner": "openbaar-ministerie", "name": "B. Yılmaz"}
GUEST = {"partner": "gemeente-leiden", "name": "C. van Dam", "guest": True, "toItem": 1}


def seen(weighing: RunningService) -> dict[str, Any]:
    return dict(weighing.get(f"/v1/briefings/{TUESDAY}", **HERE).body)


def act(weighing: RunningService, step: str, caller: str = "team", **body: Any) -> Answer:
    return weighing.post(f"/v1/briefings/{TUESDAY}/{step}", {**HERE, **body}, caller)


def sit(weighing: RunningService, *taken: dict[str, Any]) -> Answer:
    version = weighing.get(f"/v1/briefings/{TUESDAY}/seats", **HERE).body["version"]
    return weighing.post(f"/v1/briefings/{TUESDAY}/seats", {**HERE, "seats": taken}, version=version)


def work(weighing: RunningService) -> list[tuple[str, int, bool]]:
    items = weighing.get("/v1/work").body["items"]
    return [(each["kind"], each["count"], each["overdue"]) for each in items if each["kind"] == "briefing_to_settle"]


def test_a_briefing_is_prepared_held_and_settled_and_stays_readable(
    briefing: Briefing, weighing: RunningService
) -> None:
    first, second, third, fourth = (briefing.on_agenda(receivedOn=f"2015-03-0{day}") for day in (2, 3, 4, 5))
    prepared = act(weighing, "preparation", referralIds=[third])
    assert [item["referralId"] for item in prepared.body["items"]] == [third, first, second, fourth]
    assert sit(weighing, GUEST, POLICE, PROSECUTOR).status == 200
    assert (held := act(weighing, "holding")).body["state"] == "held", held.text
    assert work(weighing) == [("briefing_to_settle", 4, True)]
    decided = [briefing.decide(each, UNATTENDED).body["attendees"] for each in (third, first)]
    assert decided == [
        ["gemeente-leiden", "nationale-politie", "openbaar-ministerie"],
        ["nationale-politie", "openbaar-ministerie"],
    ]
    briefing.decide(second, {**DEFERRED, "comesBackOn": "2015-04-01"})
    refused = act(weighing, "settling")
    assert (refused.status, refused.wrong_fields) == (409, ["briefingOn"])
    assert act(weighing, "carrying-over", referralIds=[fourth, first], because="Late.").wrong_fields == [
        "referralIds[1]"
    ]
    assert act(weighing, "carrying-over", referralIds=[fourth], because="Late.").status == 200
    assert fourth not in briefing.agenda(TUESDAY)
    assert act(weighing, "settling").body["state"] == "settled"
    assert work(weighing) == []
    after = seen(weighing)
    told = [(item["referralId"], item["number"], item["progress"], len(item["partners"])) for item in after["items"]]
    assert told == [
        (third, 1, "decided", 3),
        (first, 2, "decided", 2),
        (second, 3, "decided", 2),
        (fourth, 4, "moved", 2),
    ]
    assert [change["state"] for change in after["changes"]] == ["prepared", "held", "held", "settled"]
    assert weighing.get("/v1/briefings", **HERE).body["past"] == [{"on": TUESDAY, "decided": 3, "state": "settled"}]
    assert sit(weighing, POLICE).status == 409
    assert after["partners"] == ["gemeente-leiden", "nationale-politie", "openbaar-ministerie"]
    assert "Vries" not in str(after)


@pytest.mark.parametrize("seats", [(), (POLICE,), (PROSECUTOR, {**POLICE, "chair": False})])
def test_a_briefing_without_a_chair_or_a_quorum_is_not_opened(
    weighing: RunningService, seats: tuple[dict[str, Any], ...]
) -> None:
    sit(weighing, *seats)
    assert act(weighing, "holding").wrong_fields == ["seats"]


def test_what_was_recorded_by_mistake_is_taken_back_step_by_step(briefing: Briefing, weighing: RunningService) -> None:
    briefing.decide(briefing.on_agenda(), BILATERAL)
    sit(weighing, POLICE, PROSECUTOR)
    for step in ("holding", "settling"):
        act(weighing, step)
    states = [act(weighing, "withdrawal", because="The wrong day.").body.get("state") for _ in range(3)]
    assert states == ["held", "prepared", "planned"]
    assert act(weighing, "withdrawal", because="The wrong day.").status == 409
    assert [item["progress"] for item in seen(weighing)["items"]] == []


def test_a_briefing_is_settled_once_each_decision_has_its_consequence(
    briefing: Briefing, weighing: RunningService
) -> None:
    """A decision may be older than the house's question who does what."""
    first, second, third, fourth = (briefing.on_agenda(receivedOn=f"2015-03-0{day}") for day in (2, 3, 4, 5))
    sit(weighing, POLICE, PROSECUTOR)
    act(weighing, "holding")
    for each, decision in {first: BILATERAL, second: DEFERRED, third: INFORMED, fourth: FOCUS}.items():
        assert briefing.decide(each, decision).status == 201
    weighing.as_owner.execute("DELETE FROM decision_details WHERE referral_id = ANY(%s::uuid[])", [[first, second]])
    refused = act(weighing, "settling")
    assert (refused.status, "follow_ups_left" in refused.text) == (409, True)
    assert "items 1, 2" in refused.text
    assert [item["lacksFollowUp"] for item in seen(weighing)["items"]] == [True, True, False, False]
    assert briefing.correct(first, BILATERAL).status == 201
    assert briefing.correct(second, DEFERRED).status == 201
    assert act(weighing, "settling").body["state"] == "settled"


def test_only_the_team_opens_and_settles_and_only_in_order(briefing: Briefing, weighing: RunningService) -> None:
    assert act(weighing, "holding", "director").status == 403
    assert act(weighing, "settling").status == 409
    assert act(weighing, "carrying-over", referralIds=[briefing.on_agenda()], because="Late.").status == 409
    sit(weighing, POLICE, PROSECUTOR)
    act(weighing, "holding")
    assert act(weighing, "holding").status == 409
    assert act(weighing, "cancellation", because="A strike.").status == 409


def test_a_briefing_is_not_held_before_its_day(weighing: RunningService) -> None:
    on = weighing.get("/v1/briefings", **HERE).body["items"][1]["on"]
    assert weighing.post(f"/v1/briefings/{on}/holding", HERE).wrong_fields == ["briefingOn"]
