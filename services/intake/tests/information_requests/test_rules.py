from datetime import date
from itertools import chain
from uuid import uuid4

from services.intake.information_requests.messages import InformationAnswer
from services.intake.tests.given import HOUSE
from shared.schemas import broken_days

TODAY, TOMORROW = date(2015, 6, 1), date(2015, 6, 2)


def broken(*involved: str, answered_on: date = TODAY) -> list[str]:
    answer = InformationAnswer(request_id=uuid4(), answered_on=answered_on, involved=involved)
    rules = chain(broken_days(InformationAnswer, answer, TODAY, HOUSE.began_on), answer.broken_rules(HOUSE, TODAY))
    return [rule.field for rule in rules]


def test_only_services_of_the_house_can_be_involved() -> None:
    assert broken("housing", "debts") == []
    assert broken() == []
    assert broken("housing", "moon") == ["involved"]


def test_an_answer_is_not_given_in_the_future() -> None:
    assert broken(answered_on=TODAY) == []
    assert broken(answered_on=TOMORROW) == ["answeredOn"]
