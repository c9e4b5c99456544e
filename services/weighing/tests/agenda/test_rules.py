from datetime import date

import pytest

from services.weighing.agenda.rules import UnknownMunicipality, place
from services.weighing.calendar.rules import UnknownSubRegion
from services.weighing.tests.cases import HOUSE, referral


def test_a_referral_is_on_the_agenda_of_the_next_briefing_of_its_sub_region() -> None:
    thursday = date(2015, 3, 5)
    assert place(referral(received_on=thursday, sub_region="North"), HOUSE).table_on == date(2015, 3, 10)
    assert place(referral(received_on=thursday, sub_region="South"), HOUSE).table_on == date(2015, 3, 12)


@pytest.mark.parametrize(
    ("received_on", "table_on"),
    [
        (date(2015, 3, 8), date(2015, 3, 10)),
        (date(2015, 3, 9), date(2015, 3, 17)),  # no partner answers on the day of receipt
        (date(2015, 3, 10), date(2015, 3, 17)),
        (date(2015, 4, 1), date(2015, 4, 7)),
        (date(2015, 4, 2), date(2015, 4, 14)),  # the last working day before Easter Tuesday, 7 April
        (date(2015, 4, 30), date(2015, 5, 6)),  # Liberation Day is a Tuesday
    ],
)
def test_a_referral_comes_in_before_the_day_on_which_partners_answer(received_on: date, table_on: date) -> None:
    assert place(referral(received_on=received_on), HOUSE).table_on == table_on


def test_the_first_tabling_has_number_one() -> None:
    assert place(referral(), HOUSE).tabling == 1


def test_a_sub_region_that_the_house_does_not_have_is_refused() -> None:
    with pytest.raises(UnknownSubRegion):
        place(referral(sub_region="West"), HOUSE)


def test_a_municipality_that_the_house_does_not_have_is_refused() -> None:
    with pytest.raises(UnknownMunicipality):
        place(referral(municipality="Weststad"), HOUSE)
