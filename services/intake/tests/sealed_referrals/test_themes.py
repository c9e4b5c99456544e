"""Each sealed theme has its role: who has that of one theme sees nothing of another."""

from typing import Any
from uuid import UUID

import pytest

from services.intake.referrals.rules import UnknownReferral, UnknownTheme
from services.intake.sealed_referrals import handlers, lookups
from services.intake.sealed_referrals.messages import SealedReferralList, SealReferral
from services.intake.sealed_referrals.rules import UnknownSealedReferral
from services.intake.tests.desk import Desk
from services.intake.tests.given import HOUSE, NOTICE, POLICE
from services.intake.tests.sealed_referrals.test_sealing import THEA, TRAFFICKING, WORRIES, caller, newest

TARA = caller(TRAFFICKING)
SUBJECT: dict[str, Any] = {**NOTICE["subject"], "familyName": "Jansen-Bakker"}
OTHER = {**WORRIES, "theme": "trafficking", "subject": SUBJECT, "concern": "Is taken from town to town."}


def tell(desk: Desk, *told: dict[str, Any]) -> list[UUID]:
    """The ids of the referrals that these became."""
    ids = []
    for each in told:
        desk.send(each, POLICE, type="current-referrals.submitted.v1")
        ids.append(newest(desk))
    return ids


def inbox(desk: Desk, who: Any) -> SealedReferralList:
    with desk.unit() as unit:
        return lookups.sealed_referrals(who, unit)


def test_each_role_sees_its_own_theme_and_the_same_person_is_another_there(desk: Desk) -> None:
    first, second = tell(desk, WORRIES, OTHER)
    assert [item.referral_id for item in inbox(desk, THEA).items] == [first]
    assert [item.referral_id for item in inbox(desk, TARA).items] == [second]
    assert inbox(desk, caller("intake_officer")).items == ()
    with desk.unit() as unit:
        shown = {who.roles: lookups.sealed_referral(who, id, unit) for who, id in ((THEA, first), (TARA, second))}
    hers, his = shown[THEA.roles], shown[TARA.roles]
    assert (hers.details.family_name, his.details.family_name) == ("Jansen", "Jansen-Bakker")
    assert [[text.text for text in each.texts] for each in (hers, his)] == [
        ["Recruits friends."],
        ["Is taken from town to town."],
    ]


def test_a_referral_of_another_theme_is_as_one_that_does_not_exist(desk: Desk) -> None:
    [first] = tell(desk, WORRIES)
    order = SealReferral(referral_id=first, theme="trafficking", because="Mine.")
    with desk.unit() as unit:
        with pytest.raises(UnknownSealedReferral):
            lookups.sealed_referral(TARA, first, unit)
        with pytest.raises(UnknownSealedReferral):
            handlers.unseal(TARA, first, "Mine.", unit)
        with pytest.raises(UnknownReferral):
            handlers.seal(TARA, order, unit)


def test_a_referral_is_sealed_in_a_theme_of_ones_own(desk: Desk) -> None:
    desk.send()
    order = SealReferral(referral_id=newest(desk), theme="hidden", because="It is recruiting.")
    with desk.unit() as unit, pytest.raises(UnknownTheme, match="known are trafficking"):
        handlers.seal(TARA, order, unit)


def test_each_role_sees_and_takes_the_waiting_messages_of_its_own_theme(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("services.intake.referrals.handlers.recognised_with_members", lambda *_, **__: 1 / 0)
        for each in (WORRIES, OTHER):
            desk.send(each, POLICE, type="current-referrals.submitted.v1")
    assert [len(inbox(desk, who).waiting) for who in (THEA, TARA)] == [1, 1]
    with desk.unit() as unit:
        handlers.take_again(TARA, unit)
    assert [len(inbox(desk, who).waiting) for who in (THEA, TARA)] == [1, 0]


def test_what_names_no_theme_of_the_profile_is_for_the_role_that_every_house_has() -> None:
    assert HOUSE.may_see_theme(None, THEA.roles) and HOUSE.may_see_theme("of before", THEA.roles)
    assert not HOUSE.may_see_theme(None, TARA.roles)
