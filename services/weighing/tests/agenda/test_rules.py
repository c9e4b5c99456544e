from datetime import date

import pytest

from services.weighing.agenda.rules import UnknownMunicipality, UnknownSubRegion, place
from services.weighing.tests.cases import HOUSE, referral


def test_a_referral_is_on_the_agenda_of_the_next_briefing_of_its_sub_region() -> None:
    thursday = date(2015, 3, 5)
    assert place(referral(received_on=thursday, sub_region="North"), HOUSE).table_on == date(2015, 3, 10)
    assert place(referral(received_on=thursday, sub_region="South"), HOUSE).table_on == date(2015, 3, 12)


def test_a_referral_of_the_day_before_is_still_on_the_agenda() -> None:
    assert place(referral(received_on=date(2015, 3, 9)), HOUSE).table_on == date(2015, 3, 10)


def test_a_referral_of_the_day_itself_waits_a_week_so_that_information_can_be_asked() -> None:
    assert place(referral(received_on=date(2015, 3, 10)), HOUSE).table_on == date(2015, 3, 17)


def test_the_first_tabling_has_number_one() -> None:
    assert place(referral(), HOUSE).tabling == 1


def test_a_sub_region_that_the_house_does_not_have_is_refused() -> None:
    with pytest.raises(UnknownSubRegion):
        place(referral(sub_region="West"), HOUSE)


def test_a_municipality_that_the_house_does_not_have_is_refused() -> None:
    with pytest.raises(UnknownMunicipality):
        place(referral(municipality="Weststad"), HOUSE)
