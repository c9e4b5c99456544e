"""A referral whose number belongs to somebody else waits for a person, and nothing of it is lost."""

from typing import Any
from uuid import UUID

import pytest

from services.intake.house import Partner
from services.intake.identity_conflicts.handlers import decide, opposed
from services.intake.identity_conflicts.lookups import waiting_referrals
from services.intake.identity_conflicts.messages import IdentityDecision
from services.intake.identity_conflicts.rules import AlreadyDecided, NotInConflict, Person, UnknownConflict, meant
from services.intake.tests.desk import Desk
from services.intake.tests.given import BSN, DETENTION, HOUSE, NOTICE, POLICE, PRISONS, delivery, message, notice
from services.intake.withdrawals.handlers import withdraw_by_hand

KAREL = NOTICE["subject"]
SOFIE = KAREL | {"familyName": "Anders", "givenNames": "Sofie", "birthDate": "2004-10-11", "sex": "woman"}
DETENTION_NOTICE = "detention-notices.submitted.v1"


def sofie(desk: Desk, partner: Partner = PRISONS, **changes: Any) -> dict[str, Any]:
    """The police tells of Karel; then a notice about Sofie has his BSN."""
    desk.send()
    document = message(DETENTION | {"subject": SOFIE} | changes, partner, DETENTION_NOTICE)
    desk.take(delivery(document, partner))
    return document


def waiting(desk: Desk) -> list[UUID]:
    with desk.unit() as unit:
        return [each.referral_id for each in waiting_referrals("noord", unit).waiting]


def decided(desk: Desk, referral_id: UUID, person: Person, **decision: Any) -> UUID:
    with desk.unit() as unit:
        return decide(
            "noord", referral_id, IdentityDecision(person=person, because="asked", **decision), by="officer", unit=unit
        )


def claims(desk: Desk) -> list[int]:
    """How many claims there are on each subject."""
    return [count for (count,) in desk.rows("SELECT count(*) FROM claims GROUP BY subject_id ORDER BY min(position)")]


def test_a_contradictory_number_sets_the_referral_aside_and_its_sender_gets_the_receipt(desk: Desk) -> None:
    document = sofie(desk)
    [receipt] = desk.told(PRISONS, "messages.accepted.v1")
    assert waiting(desk) == [UUID(receipt["referralId"])]
    assert (receipt["messageId"], receipt["reference"]) == (document["id"], "DJI-1")
    assert "subject" in desk.announced("noord.dji")[0], "the receipt does not tell that the number is known"
    assert desk.announced("detentions.registered.v1") == []
    assert len(desk.announced("referrals.registered.v1")) == 1
    assert claims(desk) == [1], "nothing known is overwritten"
    assert desk.rows("SELECT * FROM disclosures") == []


def test_the_same_message_and_the_same_statement_again_get_the_same_receipt(desk: Desk) -> None:
    document = sofie(desk)
    desk.take(delivery(document, PRISONS))
    desk.send(DETENTION | {"subject": SOFIE}, PRISONS, type=DETENTION_NOTICE)
    receipts = desk.told(PRISONS, "messages.accepted.v1")
    assert len(receipts) == 3
    assert len({receipt["referralId"] for receipt in receipts}) == 1
    assert len(waiting(desk)) == 1


def test_an_officer_sees_both_and_that_is_kept(desk: Desk) -> None:
    sofie(desk)
    [referral_id] = waiting(desk)
    with desk.unit() as unit:
        told, known = opposed("noord", referral_id, to="officer", purpose="intake", unit=unit)
    assert (told.family_name, [each.details.family_name for each in known]) == ("Anders", ["Jansen"])
    assert desk.rows("SELECT disclosed_to, purpose FROM disclosures") == [("officer", "intake")]


def test_another_person_is_registered_without_the_number_and_the_detention_is_announced(desk: Desk) -> None:
    sofie(desk)
    [referral_id] = waiting(desk)
    assert decided(desk, referral_id, "other") == referral_id
    karel, registered = desk.announced("referrals.registered.v1")
    assert registered["data"]["referralId"] == str(referral_id)
    assert registered["data"]["sex"] == "woman"
    assert registered["data"]["subjectId"] != karel["data"]["subjectId"]
    [detention] = desk.announced("detentions.registered.v1")
    assert detention["data"]["referralId"] == str(referral_id)
    assert (waiting(desk), claims(desk)) == ([], [1, 1])
    assert desk.rows("SELECT count(*) FROM traits WHERE kind = 'bsn'") == [(1,)]
    assert desk.rows("SELECT decision, decided_by, body FROM set_aside") == [("other", "officer", b"")]


def test_once_decided_its_sender_hears_under_the_ids_that_it_wrote(desk: Desk) -> None:
    desk.send()
    document = message(DETENTION | {"subject": SOFIE}, PRISONS, DETENTION_NOTICE, id="2015-88", correlationid="dji-7")
    desk.take(delivery(document, PRISONS))
    [referral_id] = waiting(desk)
    decided(desk, referral_id, "other")
    told = {"referralId": str(referral_id), "decision": "no_follow_up", "briefingOn": "2015-06-09", "tabling": 1}
    desk.hear("referrals.weighed.v1", told)
    feedback = desk.announced("noord.dji")[-1]
    assert (feedback["data"]["messageId"], feedback["correlationid"]) == ("2015-88", "dji-7")


@pytest.mark.parametrize(("details_right", "expected"), [(False, [1]), (True, [2])])
def test_the_same_person_keeps_what_is_known_unless_the_details_are_right(
    desk: Desk, details_right: bool, expected: list[int]
) -> None:
    sofie(desk)
    [referral_id] = waiting(desk)
    decided(desk, referral_id, "same", details_right=details_right)
    karel, registered = desk.announced("referrals.registered.v1")
    assert registered["data"]["subjectId"] == karel["data"]["subjectId"]
    assert claims(desk) == expected


def test_the_same_decision_again_changes_nothing_and_another_is_refused(desk: Desk) -> None:
    sofie(desk)
    [referral_id] = waiting(desk)
    decided(desk, referral_id, "other")
    assert decided(desk, referral_id, "other") == referral_id
    assert len(desk.announced("detentions.registered.v1")) == 1
    with pytest.raises(AlreadyDecided):
        decided(desk, referral_id, "same")
    with desk.unit() as unit, pytest.raises(AlreadyDecided):
        opposed("noord", referral_id, to="officer", purpose="intake", unit=unit)


def test_a_referral_that_does_not_wait_here_is_unknown(desk: Desk) -> None:
    sofie(desk)
    [referral_id] = waiting(desk)
    with desk.unit() as unit, pytest.raises(UnknownConflict):
        opposed("zuid", referral_id, to="officer", purpose="intake", unit=unit)


def test_who_is_meant_has_a_number_of_the_referral() -> None:
    one, other, third = (UUID(int=number) for number in (1, 2, 3))
    assert meant("other", None, [one]) is None
    assert meant("same", None, [one]) == one
    assert meant("same", other, [one, other]) == other
    for wrong in (None, third):
        with pytest.raises(NotInConflict):
            meant("same", wrong, [one, other])


def test_in_a_sealed_matter_nothing_waits(desk: Desk) -> None:
    for reference, subject in (("S-1", KAREL), ("S-2", SOFIE)):
        data = {"reference": reference, "subject": subject, "concern": "x", "theme": "hidden"}
        desk.send(data, POLICE, type="current-referrals.submitted.v1")
    assert waiting(desk) == []
    assert desk.rows("SELECT count(*) FROM subjects WHERE sealed_only") == [(2,)]
    desk.notice(bsn=BSN)
    assert HOUSE.id and waiting(desk) == []


def test_its_sender_withdraws_what_waits_and_then_nobody_decides_on_it(desk: Desk) -> None:
    current = {"reference": "C-1", "subject": SOFIE, "concern": "worries"}
    desk.send()
    desk.send(current, type="current-referrals.submitted.v1")
    [referral_id] = waiting(desk)
    for reference in ("W-1", "W-2"):
        told = {"reference": reference, "referralId": str(referral_id), "because": "Verkeerd nummer."}
        desk.send(told, type="referral-withdrawals.submitted.v1")
    receipts = desk.told(POLICE, "messages.accepted.v1")[1:]
    assert {receipt["referralId"] for receipt in receipts} == {str(referral_id)}
    assert waiting(desk) == []
    with pytest.raises(AlreadyDecided):
        decided(desk, referral_id, "other")
    assert desk.announced("referrals.withdrawn.v1") == []
    assert "Verkeerd" not in str(desk.rows("SELECT * FROM set_aside"))
    desk.send(current, type="current-referrals.submitted.v1")
    [again] = waiting(desk)
    assert again != referral_id


def test_an_officer_withdraws_what_waits_for_who_called(desk: Desk) -> None:
    desk.send()
    desk.send(notice(reference="PL-2", subject=SOFIE))
    [referral_id] = waiting(desk)
    for _ in range(2):
        with desk.unit() as unit:
            withdraw_by_hand("noord", referral_id, "Verkeerd nummer.", by="Ilse", unit=unit)
    assert waiting(desk) == []
    assert desk.rows("SELECT decision, decided_by FROM set_aside") == [("withdrawn", "Ilse")]


def test_what_waits_tells_a_stranger_and_of_a_detention_no_more_than_what_does_not(desk: Desk) -> None:
    sofie(desk)
    [referral_id] = waiting(desk)
    for partner, reference in ((PRISONS, "W-1"), (POLICE, "W-2")):
        told = {"reference": reference, "referralId": str(referral_id)}
        desk.send(told, partner, type="referral-withdrawals.submitted.v1")
    [(of_detention,), (of_stranger,)] = (
        [problem["code"] for problem in desk.told(partner, "messages.refused.v1")[-1]["problems"]]
        for partner in (PRISONS, POLICE)
    )
    assert (of_detention, of_stranger) == ("is_detention", "not_yours")
    assert waiting(desk) == [referral_id]


def test_what_was_decided_is_withdrawn_as_any_other(desk: Desk) -> None:
    desk.send()
    desk.send(notice(reference="PL-2", subject=SOFIE))
    [referral_id] = waiting(desk)
    decided(desk, referral_id, "other")
    desk.send({"reference": "W-1", "referralId": str(referral_id)}, type="referral-withdrawals.submitted.v1")
    assert [event["data"]["referralId"] for event in desk.announced("referrals.withdrawn.v1")] == [str(referral_id)]
