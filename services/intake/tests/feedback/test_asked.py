"""What a partner that was asked hears of the decision, on a real database."""

from datetime import date
from typing import Any

from services.intake.referrals.handlers import register_by_hand
from services.intake.referrals.messages import ReferralByHand
from services.intake.tests.desk import Desk
from services.intake.tests.given import CONTACT, ITEMISING, POLICE, person
from services.intake.tests.information_requests.test_requests import issued, to_issue

DECIDED = "information-requests.decided.v1"
INFORMED = {"decision": "no_follow_up", "reason": "informed"}


def decided(desk: Desk, **decision: Any) -> dict[str, Any]:
    """What weighing tells of the only referral."""
    [(referral_id,)] = desk.rows("SELECT referral_id::text FROM referrals")
    return {"referralId": referral_id, "briefingOn": "2015-06-09", "tabling": 1, **(decision or INFORMED)}


def weighed(desk: Desk, type: str = "referrals.weighed.v1", **decision: Any) -> None:
    desk.hear(type, decided(desk, **decision))


def test_who_is_asked_service_by_service_hears_the_decision_and_others_hear_nothing(desk: Desk) -> None:
    desk.send()
    request = issued(desk, "stad")
    issued(desk, "gemeente")
    weighed(desk)
    assert desk.told(ITEMISING, DECIDED) == [{"requestId": request["requestId"], **INFORMED, "decidedOn": "2015-06-09"}]
    assert desk.told(CONTACT, DECIDED) == desk.told(POLICE, DECIDED) == []
    [referral] = desk.announced("referrals.registered.v1")
    assert desk.announced("noord.stad")[-1]["subject"] == referral["subject"]


def test_who_is_asked_in_the_batch_of_the_decision_hears_it(desk: Desk) -> None:
    desk.send()
    request = to_issue(desk, "stad")
    desk.hear_together(("information-requests.issued.v1", request), ("referrals.weighed.v1", decided(desk)))
    assert [each["requestId"] for each in desk.told(ITEMISING, DECIDED)] == [request["requestId"]]


def test_who_is_asked_anew_in_the_batch_of_the_decision_hears_it_of_both_questions(desk: Desk) -> None:
    desk.send()
    first, second = issued(desk, "stad"), to_issue(desk, "stad")
    desk.hear_together(("information-requests.issued.v1", second), ("referrals.weighed.v1", decided(desk)))
    [told] = desk.told(ITEMISING, DECIDED)
    assert (told["requestId"], told["earlierRequestIds"]) == (second["requestId"], [first["requestId"]])


def test_who_was_not_asked_hears_nothing(desk: Desk) -> None:
    desk.send()
    weighed(desk)
    assert desk.announced("noord.stad") == []


def test_a_deferral_and_the_decision_after_it_are_told_once_each_and_name_every_question(desk: Desk) -> None:
    desk.send()
    first = issued(desk, "stad")["requestId"]
    weighed(desk, decision="no_follow_up", reason="deferred", comesBackOn="2015-06-23")
    second = issued(desk, "stad", answerBy="2015-06-22")["requestId"]
    weighed(desk, decision="no_follow_up", reason="not_fitting", reroutedTo="veilig_thuis", briefingOn="2015-06-23")
    deferral, decision = desk.told(ITEMISING, DECIDED)
    assert (deferral["requestId"], deferral["comesBackOn"]) == (first, "2015-06-23")
    assert (decision["requestId"], decision["reroutedTo"]) == (second, "veilig_thuis")
    assert ("earlierRequestIds" in deferral, decision["earlierRequestIds"]) == (False, [first])


def test_who_needs_not_answer_any_more_hears_the_decision_too(desk: Desk) -> None:
    desk.send()
    request = issued(desk, "stad")
    weighed(desk)
    desk.hear("information-requests.voided.v1", {name: request[name] for name in ("requestId", "partner")})
    assert len(desk.told(ITEMISING, "information-requests.withdrawn.v1")) == len(desk.told(ITEMISING, DECIDED)) == 1


def test_a_decision_that_was_corrected_or_withdrawn_is_told_again(desk: Desk) -> None:
    desk.send()
    request_id = issued(desk, "stad")["requestId"]
    weighed(desk, "decisions.corrected.v1", decision="focus", correctedOn="2015-06-10")
    weighed(desk, "decisions.withdrawn.v1", withdrawnOn="2015-06-11")
    assert desk.told(ITEMISING, DECIDED) == [
        {"requestId": request_id, "decision": "focus", "decidedOn": "2015-06-09", "correction": True},
        {"requestId": request_id, "correction": True, "backOnAgenda": True},
    ]


def test_who_was_asked_on_a_call_hears_the_decision(desk: Desk) -> None:
    call = ReferralByHand(referrer="stad", received_on=date(2015, 5, 29), subject=person(), concern="worries")
    with desk.unit() as unit:
        register_by_hand("noord", call, "officer", unit)
    issued(desk, "stad")
    weighed(desk)
    assert len(desk.told(ITEMISING, DECIDED)) == 1


def test_of_a_sealed_referral_nobody_hears_the_decision(desk: Desk) -> None:
    desk.send()
    issued(desk, "stad")
    desk.rows("UPDATE referrals SET sealed = true RETURNING 1")
    weighed(desk)
    assert desk.told(ITEMISING, DECIDED) == []
