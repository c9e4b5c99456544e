"""What is told with a referral besides the concern reaches weighing as codes."""

from typing import Any

from services.intake.referrals.announcing import weigh
from services.intake.tests.desk import Desk
from services.intake.tests.given import DETENTION, NOTICE, NOW, PRISONS
from services.intake.tests.referrals.test_corrected_concerns import CONCERN, LATER, send

TOLD: dict[str, Any] = {"urgent": True, "consent": "no"}


def stated(desk: Desk, type: str = "referrals.registered.v1") -> list[Any]:
    return [event["data"].get("stated") for event in desk.announced(type)]


def test_what_the_sender_states_goes_with_the_referral_and_nothing_with_one_that_states_nothing(desk: Desk) -> None:
    send(desk, CONCERN | TOLD)
    send(desk, CONCERN | {"reference": "C-2", "urgent": False, "consent": "not_asked"})
    desk.send(NOTICE)
    assert stated(desk) == [TOLD, None, None]


def test_what_is_stated_otherwise_corrects_it_and_an_older_message_does_not(desk: Desk) -> None:
    send(desk, CONCERN | TOLD)
    send(desk, CONCERN | TOLD, time=LATER)
    send(desk, CONCERN, time="2015-06-01T08:00:00+02:00")
    assert stated(desk, "referrals.corrected.v1") == []
    send(desk, CONCERN | {"consent": "yes"}, time="2015-06-01T11:00:00+02:00")
    send(desk, CONCERN, time="2015-06-01T12:00:00+02:00")
    assert stated(desk, "referrals.corrected.v1") == [{"consent": "yes"}, None]


def test_a_referral_that_is_weighed_after_all_brings_what_was_stated_last(desk: Desk) -> None:
    held = CONCERN | {"kind": "stalking"}
    send(desk, held | TOLD)
    send(desk, held | {"urgent": True}, time=LATER)
    assert stated(desk) == stated(desk, "referrals.corrected.v1") == []
    [(referral_id,)] = desk.rows("SELECT referral_id FROM held_back")
    with desk.unit() as unit:
        weigh(referral_id, NOW, unit)
    assert stated(desk) == [{"urgent": True}]


def test_weighing_hears_that_somebody_is_detained_in_a_youth_institution(desk: Desk) -> None:
    for reference, institution in (("T-1", "JJI"), ("T-2", "PI Dorp")):
        told = DETENTION | {"reference": reference, "institution": institution}
        desk.send(told, PRISONS, type="detention-notices.submitted.v1")
    desk.send(NOTICE)
    registered = desk.announced("referrals.registered.v1")
    assert [event["data"].get("youthInstitution") for event in registered] == [True, None, None]
