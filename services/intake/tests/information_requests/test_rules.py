from datetime import date
from itertools import chain
from uuid import uuid4

import pytest

from services.intake.information_requests.messages import AnswerPerService, InformationAnswer
from services.intake.information_requests.rules import ServiceAnswer, answered_too_early
from services.intake.tests.given import HOUSE
from shared.schemas import broken_days

YESTERDAY, TODAY, TOMORROW = date(2015, 5, 31), date(2015, 6, 1), date(2015, 6, 2)
KNOWN = ServiceAnswer(service="housing", answer="known")
SECRET = ServiceAnswer(service="debts", answer="may_not_share", ground="professional_secrecy")


def broken(*involved: str, answered_on: date = TODAY) -> list[str]:
    answer = InformationAnswer(request_id=uuid4(), answered_on=answered_on, involved=involved)
    rules = chain(broken_days(InformationAnswer, answer, TODAY, HOUSE.began_on), answer.broken_rules(HOUSE, TODAY))
    return [rule.field for rule in rules]


def broken_per_service(*services: ServiceAnswer) -> list[tuple[str, str]]:
    answer = AnswerPerService(request_id=uuid4(), answered_on=TODAY, services=services)
    return [(rule.field, rule.code) for rule in answer.broken_rules(HOUSE, TODAY)]


def test_only_services_of_the_house_can_be_involved() -> None:
    assert broken("housing", "debts") == []
    assert broken() == []
    assert broken("housing", "moon") == ["involved"]


def test_an_answer_is_not_given_in_the_future() -> None:
    assert broken(answered_on=TODAY) == []
    assert broken(answered_on=TOMORROW) == ["answeredOn"]


@pytest.mark.parametrize(
    ("services", "problems"),
    [
        ((KNOWN, SECRET), []),
        ((ServiceAnswer(service="moon", answer="known"),), [("services[0].service", "unknown_service")]),
        ((KNOWN, KNOWN), [("services[1].service", "service_answered_twice")]),
        ((ServiceAnswer(service="debts", answer="may_not_share"),), [("services[0].ground", "missing_ground")]),
        (
            (ServiceAnswer(service="debts", answer="may_not_share", ground="no_time"),),
            [("services[0].ground", "unknown_ground")],
        ),
        (
            (ServiceAnswer(service="debts", answer="known", ground="professional_secrecy"),),
            [("services[0].ground", "needless_ground")],
        ),
    ],
)
def test_each_service_answers_once_and_says_why_it_may_not_share(
    services: tuple[ServiceAnswer, ...], problems: list[tuple[str, str]]
) -> None:
    assert broken_per_service(*services) == problems


def test_nobody_answers_before_being_asked() -> None:
    assert [*answered_too_early("answeredOn", TODAY, TODAY), *answered_too_early("answeredOn", YESTERDAY, None)] == []
    [too_early] = answered_too_early("answeredOn", YESTERDAY, TODAY)
    assert (too_early.field, too_early.code) == ("answeredOn", "answered_before_asked")
