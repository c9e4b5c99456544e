from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from services.intake.house import Treatment
from services.intake.referrals.rules import Referral, Submission, referral_from, waits
from services.intake.subjects.rules import Kind, KnownSubject
from services.intake.tests.given import HOUSE, NOW, known, person

PIET = known(person(sex="man", birth_date="1997-12-31"))


def referral(
    kind: str = "arrest_notice",
    theme: str | None = None,
    *,
    worrying: bool = False,
    of: KnownSubject = PIET,
    **subject: Any,
) -> Referral:
    submission = Submission(
        house="noord",
        kind=kind,
        referrer="politie",
        stated_at=NOW,
        message_id=uuid4(),
        received_on=date(2015, 3, 1),
        subject=person(**subject),
        theme=theme,
        worrying=worrying,
    )
    return referral_from(submission, HOUSE, referral_id=uuid4(), known=of)


@pytest.mark.parametrize("kind", ["family", "group"])
def test_a_family_or_group_has_neither_age_nor_sex_whatever_was_once_said_of_it(kind: Kind) -> None:
    said = known(person(kind=kind, sex="man", birth_date="2005-12-31"))
    assert (referral(of=said).sex, referral(of=said).age_class) == ("family", "unknown")


def test_a_referral_is_weighed_in_the_sub_region_of_its_municipality() -> None:
    assert (referral().sub_region, referral().weighed) == ("Oost", True)
    assert (referral(municipality="Stad").sub_region, referral(municipality="Stad").weighed) == ("West", False)


def test_where_only_worrying_arrests_are_weighed_one_waits_until_somebody_says_so() -> None:
    quiet, told = referral(municipality="Stad"), referral(municipality="Stad", worrying=True)
    assert (quiet.weighed, waits(quiet, HOUSE)) == (False, True)
    assert (told.weighed, waits(told, HOUSE)) == (True, False)


def test_what_is_never_weighed_or_sealed_waits_for_nobody() -> None:
    assert not waits(referral("detention_notice", municipality="Stad"), HOUSE)
    assert not waits(referral("stalking", "hidden"), HOUSE)


def test_a_detention_notice_from_a_municipality_with_its_own_aftercare_is_not_weighed() -> None:
    assert not referral("detention_notice", municipality="Stad").weighed
    assert referral("detention_notice", municipality="Dorp").weighed


def test_a_kind_that_the_house_never_weighs_is_registered_and_not_weighed() -> None:
    house = replace(HOUSE, kinds={**HOUSE.kinds, "arrest_notice": Treatment(weighed="never")})
    submission = Submission(
        house="noord",
        kind="arrest_notice",
        referrer="politie",
        stated_at=NOW,
        message_id=uuid4(),
        received_on=date(2015, 3, 1),
        subject=PIET.details,
        theme=None,
    )
    assert not referral_from(submission, house, referral_id=uuid4(), known=PIET).weighed


def test_a_sealed_theme_seals_the_referral() -> None:
    sealed = referral("current_referral", "hidden")
    assert (sealed.sealed, sealed.weighed) == (True, False)
    assert not referral("current_referral").sealed


def test_age_and_sex_are_what_the_house_knows_and_not_only_what_this_message_tells() -> None:
    assert (referral().sex, referral().age_class) == ("man", "18_to_23")
