from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from services.weighing.agenda.rules import place
from services.weighing.house import AskRule, InformationService
from services.weighing.information_requests.asking import (
    AlreadyAsked,
    AskPartner,
    NotOnAgenda,
    asked_anew,
    asked_by_hand,
    broken_question,
    is_to_call,
    requests_about,
)
from services.weighing.information_requests.rules import (
    AlreadyAnswered,
    AskedService,
    InformationRequest,
    NothingToSupplement,
    ServiceAnswer,
    Supplement,
    UnknownInformationRequest,
    answer,
    supplement,
)
from services.weighing.referrals.rules import Referral
from services.weighing.tests.cases import HOUSE, referral
from shared.working_days import is_working_day

NOTHING = ServiceAnswer(service="housing", answer="nothing_known")
RECEIVED_ON = date(2015, 3, 5)


def asked(about: Referral, on: date = RECEIVED_ON) -> InformationRequest:
    [request] = requests_about(place(about, HOUSE), HOUSE, on)
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
    assert requests_about(place(referral(municipality="Elsewhere"), HOUSE), HOUSE, RECEIVED_ON) == []


CARE = AskRule(
    partner="care", services=("organisation",), kinds=frozenset({"arrest_notice"}), ages=frozenset({"minor"})
)
ASKING = replace(
    HOUSE,
    information_services={
        "housing": InformationService(question="home"),
        "debts": InformationService(),
        "organisation": InformationService(question="known", municipal=False),
    },
    questions=frozenset({"home", "known", "urgent"}),
    asked=(CARE,),
    hear_questions=frozenset({"town-north", "town-south", "care"}),
    hear_each_question=frozenset({"town-north"}),
    hear_reminders=frozenset({"town-north"}),
)

LOCAL_APPROACH = AskedService(service="local_approach", question="running_there")


def test_others_are_asked_besides_as_the_profile_says() -> None:
    [care, municipality] = requests_about(place(referral(age_class="minor"), ASKING), ASKING, RECEIVED_ON)
    assert (care.partner, care.asked) == ("care", (AskedService(service="organisation", question="known"),))
    assert (municipality.partner, municipality.asked) == ("town-north", None)
    for other in (referral(age_class="adult"), referral(kind="current_referral", age_class="minor")):
        assert [each.partner for each in requests_about(place(other, ASKING), ASKING, RECEIVED_ON)] == ["town-north"]


def test_what_comes_back_is_asked_anew_for_the_briefing_at_which_it_comes_back() -> None:
    first = asked(referral())
    back = replace(referral(), tabling=2, table_on=date(2015, 3, 31))
    [anew] = asked_anew(back, [first], HOUSE, date(2015, 3, 10))
    assert anew.request_id != first.request_id
    assert (anew.partner, anew.answer_by) == ("town-north", date(2015, 3, 30))
    assert asked_anew(back, [first, anew], HOUSE, date(2015, 3, 31))[0].request_id not in {
        first.request_id,
        anew.request_id,
    }


def test_who_is_asked_anew_is_asked_what_the_house_asked_and_not_what_somebody_asked_besides() -> None:
    first = asked(referral())
    by_hand = replace(first, request_id=uuid4(), asked=(LOCAL_APPROACH,), asked_by="Wouter")
    [anew] = asked_anew(referral(), [first, by_hand], HOUSE, RECEIVED_ON)
    assert (anew.asked, anew.asked_by) == (first.asked, None)
    [again] = asked_anew(referral(), [by_hand], HOUSE, RECEIVED_ON)
    assert again.asked == (LOCAL_APPROACH,)
    assert len({first.request_id, by_hand.request_id, anew.request_id, again.request_id}) == 4


def test_after_a_withdrawal_only_who_has_not_answered_is_asked_again() -> None:
    answered = answer(asked(referral()), date(2015, 3, 9), (), decided=False)
    assert asked_anew(referral(), [answered], HOUSE, RECEIVED_ON, held=True) == []
    assert len(asked_anew(referral(), [asked(referral())], HOUSE, RECEIVED_ON, held=True)) == 1


def test_both_municipalities_can_be_asked_when_somebody_moved() -> None:
    on_agenda = place(referral(), ASKING)
    before, moved = [asked(referral())], AskPartner(partner="town-south", question="urgent")
    request = asked_by_hand(on_agenda, before, moved, "Wouter", ASKING, RECEIVED_ON)
    assert (request.partner, request.asked_by, request.answer_by) == ("town-south", "Wouter", before[0].answer_by)
    assert request.asked == tuple(AskedService(service=each, question="urgent") for each in ("housing", "debts"))
    with pytest.raises(AlreadyAsked):
        asked_by_hand(on_agenda, [*before, request], moved, "Wouter", ASKING, RECEIVED_ON)
    part = replace(moved, services=("debts",))
    with pytest.raises(AlreadyAsked):
        asked_by_hand(on_agenda, [*before, request], part, "Wouter", ASKING, RECEIVED_ON)
    another = asked_by_hand(on_agenda, [*before, request], replace(part, question=None), "Wouter", ASKING, RECEIVED_ON)
    assert another.request_id != request.request_id
    with pytest.raises(NotOnAgenda):
        asked_by_hand(replace(on_agenda, table_on=None), before, moved, "Wouter", ASKING, RECEIVED_ON)


@pytest.mark.parametrize(
    ("wanted", "problems"),
    [
        (AskPartner(partner="care", services=("organisation",)), []),
        (AskPartner(partner="police", services=("organisation",)), []),
        (AskPartner(partner="visitor", services=("organisation",)), [("partner", "cannot_be_asked")]),
        (AskPartner(partner="care"), [("services", "missing_services")]),
        (AskPartner(partner="care", services=("housing", "moon")), [("services[1]", "unknown_service")]),
        (AskPartner(partner="town-north", question="why"), [("question", "unknown_question")]),
    ],
)
def test_a_question_is_to_a_partner_of_the_covenant_or_one_that_gets_it_by_message(
    wanted: AskPartner, problems: list[tuple[str, str]]
) -> None:
    assert [(rule.field, rule.code) for rule in broken_question(wanted, ASKING)] == problems


@pytest.mark.parametrize(
    ("partner", "reminded", "called"),
    [
        ("police", False, True),
        ("town-south", False, False),
        ("town-south", True, True),
        ("town-north", True, False),
    ],
)
def test_whom_no_message_asks_or_reminds_somebody_calls_until_it_answers(
    partner: str, reminded: bool, called: bool
) -> None:
    request = replace(asked(referral()), partner=partner, reminded_on=RECEIVED_ON if reminded else None)
    assert is_to_call(request, ASKING) == called
    assert not is_to_call(answer(request, RECEIVED_ON, (), decided=False), ASKING)
    assert not is_to_call(replace(request, void_on=RECEIVED_ON), ASKING)


@pytest.mark.parametrize(("partner", "called"), [("town-south", True), ("town-north", False)])
def test_whom_the_message_does_not_tell_what_it_asks_somebody_calls_at_once(partner: str, called: bool) -> None:
    question = replace(asked(referral()), partner=partner, asked=(LOCAL_APPROACH,))
    assert is_to_call(question, ASKING) == called


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
