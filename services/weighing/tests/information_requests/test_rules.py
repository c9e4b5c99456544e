from datetime import date

import pytest

from services.weighing.agenda.rules import place
from services.weighing.information_requests.rules import (
    AlreadyAnswered,
    UnknownInformationRequest,
    answer,
    information_request,
)
from services.weighing.tests.cases import HOUSE, referral


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


def test_an_answer_is_kept_with_its_request_also_if_nobody_knows_the_subject() -> None:
    request = information_request(referral(), HOUSE)
    answered = answer(request, date(2015, 4, 1), ())
    assert (answered.answered_on, answered.involved) == (date(2015, 4, 1), ())


def test_a_second_answer_contradicts_the_first() -> None:
    answered = answer(information_request(referral(), HOUSE), date(2015, 3, 9), ("housing",))
    with pytest.raises(AlreadyAnswered):
        answer(answered, date(2015, 3, 9), ("housing",))


def test_a_partner_that_was_not_asked_cannot_answer() -> None:
    with pytest.raises(UnknownInformationRequest):
        answer(None, date(2015, 3, 9), ("housing",))
