"""Who sits at a briefing is written down, and decisions follow it."""

from typing import Any

from services.weighing.tests.briefing import BILATERAL, TUESDAY, Briefing
from shared.testing.service import Answer, RunningService

HERE = {"subRegion": "Holland Rijnland"}
UNATTENDED = {name: value for name, value in BILATERAL.items() if name != "attendees"}
POLICE = {"partner": "nationale-politie", "name": "A. de Vries", "chair": True}
PROSECUTOR = {"partner": "openbaar-ministerie", "name": "team"}


def seats(weighing: RunningService) -> dict[str, Any]:
    return dict(weighing.get(f"/v1/briefings/{TUESDAY}/seats", **HERE).body)


def sit(weighing: RunningService, *taken: dict[str, Any], version: int = 0) -> Answer:
    return weighing.post(f"/v1/briefings/{TUESDAY}/seats", {**HERE, "seats": taken}, version=version)


def test_a_decision_that_names_nobody_is_that_of_those_who_sit_there(
    briefing: Briefing, weighing: RunningService
) -> None:
    referral_id = briefing.on_agenda()
    assert briefing.decide(referral_id, UNATTENDED).wrong_fields == ["attendees"]
    guest = {"partner": None, "name": "Guest", "guest": True}
    answer = sit(weighing, POLICE, PROSECUTOR, guest)
    assert (answer.status, answer.body["version"], answer.body["quorum"]) == (200, 1, True)
    decided = briefing.decide(referral_id, UNATTENDED)
    assert decided.body["attendees"] == ["nationale-politie", "openbaar-ministerie"]
    assert sit(weighing, POLICE, version=1).status == 200
    assert briefing.decide(referral_id, UNATTENDED).body == decided.body, "sent again, it is the same decision"
    [event] = briefing.weighed()
    assert event["data"]["attendees"] == ["nationale-politie", "openbaar-ministerie"]
    assert "Vries" not in str(event)


def test_a_guest_has_signed_non_disclosure_or_not(weighing: RunningService) -> None:
    guest = {"partner": None, "name": "Guest", "guest": True}
    sit(weighing, POLICE, guest | {"nonDisclosureOn": "2026-01-05"}, guest | {"name": "Another guest"})
    assert [each["nonDisclosureOn"] for each in seats(weighing)["seats"]] == [None, "2026-01-05", None]


def test_who_writes_itself_down_is_known_by_its_id(weighing: RunningService) -> None:
    sit(weighing, POLICE, PROSECUTOR)
    assert [(each["name"], each["person"]) for each in seats(weighing)["seats"]] == [
        ("A. de Vries", None),
        ("team", "team"),
    ]


def test_of_two_who_write_down_the_seats_the_second_does_not_overwrite_the_first(weighing: RunningService) -> None:
    assert seats(weighing) == {"version": 0, "seats": [], "quorum": False}
    assert sit(weighing, POLICE).status == 200
    assert sit(weighing, PROSECUTOR).status == 412
    assert sit(weighing, PROSECUTOR, version=1).body["seats"][0]["partner"] == "openbaar-ministerie"


def test_a_seat_for_nobody_and_one_of_a_partner_that_may_not_sit_there_are_refused(weighing: RunningService) -> None:
    assert sit(weighing, POLICE | {"name": " "}).wrong_fields == ["seats[0].name"]
    refused = sit(weighing, POLICE, {"partner": "nobody", "name": "Somebody"})
    assert (refused.status, refused.wrong_fields) == (422, ["seats[1].partner"])
    assert "Somebody" not in refused.text


def test_names_of_those_who_sit_there_stand_in_no_log(weighing: RunningService) -> None:
    sit(weighing, POLICE)
    kept = weighing.as_service.execute("SELECT audit_log::text FROM audit_log").fetchall()
    assert kept
    assert "Vries" not in str(kept)
