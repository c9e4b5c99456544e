from datetime import date

import pytest

from services.weighing.agenda.rules import place
from services.weighing.information_requests.rules import (
    AlreadyAnswered,
    InformationRequest,
    NothingToSupplement,
    ServiceAnswer,
    Supplement,
    UnknownInformationRequest,
    answer,
    information_request,
    supplement,
)
from services.weighing.referrals.rules import Referral
from services.weighing.tests.cases import HOUSE, referral
from shared.working_days import is_working_day

NOTHING = ServiceAnswer(service="housing", answer="nothing_known")
RECEIVED_ON = date(2015, 3, 5)


def asked(about: Referral, on: date = RECEIVED_ON) -> InformationRequest:
    request = information_request(place(about, HOUSE), HOUSE, on)
    assert request is not None
    return request


def test_the_contact_of_the_municipality_is_asked_before_the_briefing() -> None:
    request = asked(referral(municipality="Zuidstad"))
    assert (request.partner, request.answer_by) == ("town-south", date(2015, 3, 9))


@pytest.mark.parametrize(
    ("today", "answer_by"),
    [
        (date(2015, 3, 26), date(2015, 3, 30)),
        (date(2015, 3, 30), date(2015, 4, 2)),  # Good Friday and Easter come before the briefing of 7 April
        (date(2015, 12, 23), date(2015, 12, 28)),
    ],
)
def test_a_referral_that_comes_in_weeks_late_is_asked_about_for_the_next_briefing(today: date, answer_by: date) -> None:
    assert asked(referral(), today).answer_by == answer_by


@pytest.mark.parametrize("day", [date(2026, 12, 24), date(2026, 12, 25), date(2026, 4, 3), date(2026, 5, 5)])
def test_an_answer_is_due_on_a_working_day_after_the_day_of_receipt(day: date) -> None:
    answer_by = asked(referral(received_on=day), day).answer_by
    assert answer_by > day
    assert is_working_day(answer_by)


def test_a_referral_is_asked_about_once_however_often_it_comes_by() -> None:
    assert asked(referral()) == asked(referral())


def test_nobody_is_asked_about_somebody_from_outside_the_region() -> None:
    assert information_request(place(referral(municipality="Elsewhere"), HOUSE), HOUSE, RECEIVED_ON) is None


@pytest.mark.parametrize(
    ("answered_on", "decided", "late"),
    [
        (date(2015, 3, 9), False, False),
        (date(2015, 3, 10), False, True),
        (date(2015, 3, 9), True, True),
    ],
)
def test_an_answer_is_late_after_its_day_or_after_the_decision(answered_on: date, decided: bool, late: bool) -> None:
    answered = answer(asked(referral()), answered_on, (), decided=decided)
    assert (answered.answered_on, answered.involved, answered.late) == (answered_on, (), late)


def test_a_second_answer_contradicts_the_first() -> None:
    answered = answer(asked(referral()), date(2015, 3, 9), ("housing",), decided=False)
    with pytest.raises(AlreadyAnswered):
        answer(answered, date(2015, 3, 9), ("housing",), decided=False)


def test_the_last_answer_of_a_service_stands_and_a_service_that_nobody_named_has_none() -> None:
    first = answer(asked(referral()), date(2015, 3, 9), ("housing", "debts"), decided=False)
    added = Supplement(supplemented_on=date(2015, 3, 9), services=(NOTHING,), late=False)
    assert {each.service: each.answer for each in supplement(first, added).standing} == {
        "housing": "nothing_known",
        "debts": "known",
    }
    per_service = answer(asked(referral()), date(2015, 3, 9), (), (NOTHING,), decided=False)
    assert per_service.standing == (NOTHING,)


def test_only_an_answer_can_be_supplemented() -> None:
    added = Supplement(supplemented_on=date(2015, 3, 9), services=(NOTHING,), late=False)
    with pytest.raises(NothingToSupplement):
        supplement(asked(referral()), added)
    with pytest.raises(UnknownInformationRequest):
        supplement(None, added)


def test_a_partner_that_was_not_asked_cannot_answer() -> None:
    with pytest.raises(UnknownInformationRequest):
        answer(None, date(2015, 3, 9), ("housing",), decided=False)
