from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.weighing.domain.agenda import information_request, next_briefing, place
from services.weighing.domain.errors import UnknownMunicipality, UnknownSubRegion
from services.weighing.tests.unit.cases import HOUSE, referral


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


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(sorted(HOUSE.briefing_weekdays)))
def test_the_next_briefing_is_within_a_week_and_on_the_right_weekday(day: date, sub_region: str) -> None:
    briefing = next_briefing(sub_region, day, HOUSE)
    assert 0 <= (briefing - day).days < 7
    assert briefing.weekday() == HOUSE.briefing_weekdays[sub_region]


def test_the_contact_of_the_municipality_is_asked_before_the_briefing() -> None:
    request = information_request(place(referral(municipality="Zuidstad"), HOUSE), HOUSE)
    assert request is not None
    assert request.partner == "town-south"
    assert request.answer_by == date(2015, 3, 9)


def test_a_referral_is_asked_about_once_however_often_it_comes_by() -> None:
    item = place(referral(), HOUSE)
    assert information_request(item, HOUSE) == information_request(item, HOUSE)


def test_nobody_is_asked_about_somebody_from_outside_the_region() -> None:
    assert information_request(place(referral(municipality="Elsewhere"), HOUSE), HOUSE) is None
