"""What a referrer hears of its referral, on a real database."""

from typing import Any
from uuid import uuid4

import pytest

from services.intake.tests.desk import Desk
from services.intake.tests.given import POLICE, delivery, house, message


def weighed(desk: Desk) -> dict[str, Any]:
    [(referral_id,)] = desk.rows("SELECT referral_id FROM referrals")
    decision = {"decision": "no_follow_up", "reason": "informed", "briefingOn": "2015-06-09", "tabling": 1}
    return {"referralId": str(referral_id), **decision}


def test_the_referrer_hears_what_was_decided_under_its_own_reference(desk: Desk) -> None:
    message_id = desk.send()
    desk.hear("referrals.weighed.v1", weighed(desk))
    assert desk.told(POLICE, "feedback.given.v1") == [
        {
            "messageId": str(message_id),
            "reference": "PL-1",
            "decision": "no_follow_up",
            "reason": "informed",
            "decidedOn": "2015-06-09",
        }
    ]


def test_feedback_has_the_moment_at_which_it_was_written_and_the_day_of_the_decision_in_its_data(desk: Desk) -> None:
    desk.send()
    desk.hear("referrals.weighed.v1", weighed(desk))
    [feedback] = desk.announced("noord.politie")[1:]
    assert (feedback["time"], feedback["data"]["decidedOn"]) == ("2015-06-01T12:00:00Z", "2015-06-09")


def test_of_a_referral_that_was_told_again_the_referrer_hears_under_its_newest_message(desk: Desk) -> None:
    desk.send()
    again = message(time="2015-06-01T10:00:00+02:00", id="2015-88", correlationid="pv-7")
    desk.take(delivery(again))
    desk.hear("referrals.weighed.v1", weighed(desk))
    [feedback] = desk.announced("noord.politie")[2:]
    assert (feedback["data"]["messageId"], feedback["correlationid"]) == ("2015-88", "pv-7")


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("not_fitting", {"reroutedTo": "neighbourhood_team"}),
        ("not_fitting", {"reroutedTo": "veilig_thuis"}),
        ("deferred", {"comesBackOn": "2015-06-23"}),
    ],
)
def test_the_referrer_hears_where_a_referral_belongs_and_when_it_comes_back(
    desk: Desk, reason: str, told: dict[str, str]
) -> None:
    desk.send()
    desk.hear("referrals.weighed.v1", weighed(desk) | told | {"reason": reason})
    [feedback] = desk.told(POLICE, "feedback.given.v1")
    assert feedback.items() >= (told | {"reason": reason}).items()
    assert feedback.get("reach") == ("via de gemeente" if told.get("reroutedTo") == "neighbourhood_team" else None)


def test_the_referrer_hears_of_a_correction_that_it_is_one(desk: Desk) -> None:
    message_id = desk.send()
    desk.hear("decisions.corrected.v1", weighed(desk) | {"correctedOn": "2015-06-10"})
    assert desk.told(POLICE, "feedback.given.v1") == [
        {
            "messageId": str(message_id),
            "reference": "PL-1",
            "decision": "no_follow_up",
            "reason": "informed",
            "decidedOn": "2015-06-09",
            "correction": True,
        }
    ]


def test_the_referrer_does_not_hear_again_what_it_was_told_already(desk: Desk) -> None:
    desk.send()
    desk.hear("referrals.weighed.v1", weighed(desk))
    desk.hear("decisions.corrected.v1", weighed(desk) | {"correctedOn": "2015-06-10", "toldAlready": True})
    assert len(desk.told(POLICE, "feedback.given.v1")) == 1
    assert desk.parked() == []


def test_the_referrer_hears_that_a_withdrawn_decision_is_none_and_the_team_decides_anew(desk: Desk) -> None:
    message_id = desk.send()
    referral_id = weighed(desk)["referralId"]
    desk.hear("decisions.withdrawn.v1", {"referralId": referral_id, "tabling": 1, "withdrawnOn": "2015-06-10"})
    assert desk.told(POLICE, "feedback.given.v1") == [
        {"messageId": str(message_id), "reference": "PL-1", "correction": True, "backOnAgenda": True}
    ]


def test_feedback_on_a_referral_that_is_not_of_this_house_is_parked(desk: Desk) -> None:
    desk.hear("referrals.weighed.v1", {"referralId": str(uuid4()), "decision": "focus", "briefingOn": "2015-06-09"})
    assert desk.parked() == [["referralId"]]


def test_an_event_of_a_house_that_is_not_here_is_parked(desk: Desk) -> None:
    desk.hear(
        "referrals.weighed.v1",
        {"referralId": str(uuid4()), "decision": "focus", "briefingOn": "2015-06-09"},
        house("oost"),
    )
    assert desk.parked() == [["house"]]
