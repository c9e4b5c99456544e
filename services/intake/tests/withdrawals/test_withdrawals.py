"""A sender withdraws its own referral, once, and weighing hears it unless nobody was to weigh it."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from services.intake.house import Partner
from services.intake.referrals.lookups import case, registered_referral
from services.intake.referrals.rules import UnknownReferral
from services.intake.tests.desk import Desk
from services.intake.tests.given import DETENTION, HOUSE, NOTICE, POLICE, PRISONS, notice
from services.intake.withdrawals.handlers import withdraw_by_hand
from services.intake.withdrawals.rules import IsDetention

WITHDRAWAL = "referral-withdrawals.submitted.v1"
BECAUSE = "Per vergissing gemeld."


def referral(desk: Desk) -> UUID:
    """Of the partner's message that came last."""
    [*_, (referral_id,)] = desk.rows("SELECT referral_id FROM referrals ORDER BY referral_id")
    return UUID(str(referral_id))


def withdraw(desk: Desk, referral_id: UUID, partner: Partner = POLICE) -> None:
    told = {"reference": "W-1", "referralId": str(referral_id), "because": BECAUSE}
    desk.send(told, partner, type=WITHDRAWAL)


def by_hand(desk: Desk, referral_id: UUID) -> None:
    with desk.unit() as unit:
        withdraw_by_hand(HOUSE.id, referral_id, BECAUSE, by="Ilse", unit=unit)


def withdrawn(desk: Desk) -> list[dict[str, Any]]:
    return [event["data"] for event in desk.announced("referrals.withdrawn.v1")]


def test_a_partner_withdraws_its_referral_and_gets_a_receipt_each_time(desk: Desk) -> None:
    desk.send()
    referral_id = referral(desk)
    withdraw(desk, referral_id)
    withdraw(desk, referral_id)
    [told] = withdrawn(desk)
    assert (told["referralId"], told["withdrawnOn"]) == (str(referral_id), "2015-06-01")
    receipts = desk.told(POLICE, "messages.accepted.v1")
    assert [receipt["reference"] for receipt in receipts] == ["PL-1", "W-1", "W-1"]
    with desk.unit() as unit:
        shown = registered_referral(HOUSE.id, referral_id, unit)
        assert case(HOUSE.id, shown.case_id, unit).referrals == (shown,)
    assert str(shown.withdrawn_on) == "2015-06-01"


def test_why_it_was_withdrawn_is_sealed(desk: Desk) -> None:
    desk.send()
    withdraw(desk, referral(desk))
    assert BECAUSE not in str(desk.rows("SELECT * FROM referrals_withdrawn"))
    with desk.unit() as unit:
        [(text_id,)] = desk.rows("SELECT because_text FROM referrals_withdrawn")
        assert unit.texts.newest(HOUSE.id, [UUID(str(text_id))]) == {text_id: BECAUSE}


def test_nobody_withdraws_the_referral_of_another_or_a_detention(desk: Desk) -> None:
    desk.send()
    of_police = referral(desk)
    withdraw(desk, of_police, PRISONS)
    withdraw(desk, uuid4(), PRISONS)
    desk.send(DETENTION, PRISONS, type="detention-notices.submitted.v1")
    withdraw(desk, referral(desk), PRISONS)
    assert desk.wrong_fields(PRISONS) == ["data.referralId"] * 3
    assert withdrawn(desk) == []
    with pytest.raises(IsDetention):
        by_hand(desk, referral(desk))


def test_an_officer_withdraws_what_the_sender_told_by_phone(desk: Desk) -> None:
    desk.send()
    by_hand(desk, referral(desk))
    assert len(withdrawn(desk)) == 1
    with pytest.raises(UnknownReferral):
        by_hand(desk, uuid4())


def test_nothing_is_told_of_a_sealed_referral_that_is_withdrawn(desk: Desk) -> None:
    concern = {"reference": "C-1", "subject": NOTICE["subject"], "concern": "worries", "theme": "hidden"}
    desk.send(concern, POLICE, type="current-referrals.submitted.v1")
    with pytest.raises(UnknownReferral):
        by_hand(desk, referral(desk))
    withdraw(desk, referral(desk))
    assert withdrawn(desk) == []
    assert len(desk.told(POLICE, "messages.accepted.v1")) == 2


def test_what_was_withdrawn_and_is_told_again_is_a_new_referral(desk: Desk) -> None:
    desk.send()
    first = referral(desk)
    withdraw(desk, first)
    desk.send(notice())
    assert referral(desk) != first
    assert len(desk.announced("referrals.registered.v1")) == 2
