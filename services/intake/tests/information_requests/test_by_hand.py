"""People of a partner answer at a screen, and the house writes down what was said by phone."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from services.intake.information_requests.handlers import answer_by_hand
from services.intake.information_requests.lookups import given_answers
from services.intake.information_requests.messages import AnswerRequest, AnswersQuery, GivenAnswer
from services.intake.information_requests.rules import ContactPerson, ServiceAnswer, UnknownInformationRequest
from services.intake.tests.desk import Desk
from services.intake.tests.information_requests.test_requests import issued
from shared.business_dates import today
from shared.messaging import Rejected
from shared.web import Caller

SECRET = "Heeft een huurachterstand."
HOUSING = ServiceAnswer(service="housing", answer="known", text=SECRET)
NOTHING = ServiceAnswer(service="debts", answer="nothing_known")
PHONED = ContactPerson(name="Bram Lindenhof", phone="0182 588 211")


def person(name: str = "Bram", organisation: str = "gemeente", function: str = "municipal_contact") -> Caller:
    return Caller(
        id=name.lower(),
        name=name,
        house="noord",
        roles=frozenset({function}),
        organisation=organisation,
        origin="desk",
    )


COORDINATOR = person("Wouter", "noord", "information_coordinator")


def answered(desk: Desk, request_id: str, *services: ServiceAnswer, by: Caller, **more: Any) -> GivenAnswer:
    with desk.unit() as unit:
        return answer_by_hand(by, UUID(request_id), AnswerRequest(services=services, **more), unit)


@pytest.fixture
def request_id(desk: Desk) -> str:
    """Of a question to the municipality."""
    desk.send()
    return str(issued(desk)["requestId"])


def test_a_person_answers_with_a_text_that_stays_sealed_at_intake(desk: Desk, request_id: str) -> None:
    answered(desk, request_id, HOUSING, NOTHING, by=person(), contact=PHONED)
    [event] = desk.announced("information-requests.answered.v1")
    known, nothing = event["data"]["services"]
    assert (known["service"], known["answer"], nothing["answer"]) == ("housing", "known", "nothing_known")
    assert (event["data"]["answeredOn"], event["data"]["involved"]) == (today().isoformat(), ["housing"])
    assert SECRET not in str(event)
    assert PHONED.name not in str(event)
    with desk.unit() as unit:
        texts = unit.texts.read("noord", [UUID(known["contributionId"]), UUID(event["data"]["contactId"])])
    assert {(text.kind, text.organisation, text.person, text.text) for text in texts} == {
        ("answer", "gemeente", "bram", SECRET),
        ("answer", "gemeente", "bram", "Bram Lindenhof, 0182 588 211"),
    }


def test_the_second_contact_sees_who_answered_and_can_add_to_it(desk: Desk, request_id: str) -> None:
    answered(desk, request_id, HOUSING, by=person())
    answered(desk, request_id, NOTHING, by=person("Nadia"))
    query = AnswersQuery(request_ids=(UUID(request_id),))
    with desk.unit() as unit:
        shown = given_answers(person("Nadia"), query, unit).items
        elsewhere = given_answers(person(organisation="dji"), query, unit).items
    assert [(each.recorded_by, each.on_behalf) for each in shown] == [("Bram", False), ("Nadia", False)]
    assert elsewhere == ()
    assert len(desk.announced("information-requests.answered.v1")) == 1
    assert len(desk.announced("information-requests.supplemented.v1")) == 1


def test_what_was_phoned_is_recorded_with_who_said_it(desk: Desk, request_id: str) -> None:
    with pytest.raises(Rejected) as refused:
        answered(desk, request_id, HOUSING, by=COORDINATOR)
    assert [problem.field for problem in refused.value.problems] == ["contact"]
    recorded = answered(desk, request_id, HOUSING, by=COORDINATOR, contact=PHONED)
    assert (recorded.recorded_by, recorded.on_behalf) == ("Wouter", True)
    [event] = desk.announced("information-requests.answered.v1")
    assert event["data"]["partner"] == "gemeente"


def test_what_a_partner_says_that_no_message_asks_is_recorded(desk: Desk) -> None:
    desk.send()
    request_id = issued(desk, "dji", asked=[{"service": "housing"}])["requestId"]
    assert answered(desk, request_id, HOUSING, by=COORDINATOR, contact=PHONED).on_behalf
    [event] = desk.announced("information-requests.answered.v1")
    assert (event["data"]["partner"], event["data"]["involved"]) == ("dji", ["housing"])


@pytest.mark.parametrize("organisation", ["politie", "stad"])
def test_nobody_answers_the_question_to_another_partner(desk: Desk, request_id: str, organisation: str) -> None:
    with pytest.raises(UnknownInformationRequest):
        answered(desk, request_id, HOUSING, by=person(organisation=organisation))
    with pytest.raises(UnknownInformationRequest):
        answered(desk, str(uuid4()), HOUSING, by=COORDINATOR, contact=PHONED)


def test_an_answer_at_a_screen_keeps_the_rules_of_an_answer_by_message(desk: Desk, request_id: str) -> None:
    wrong = ServiceAnswer(service="housing", answer="may_not_share")
    with pytest.raises(Rejected) as refused:
        answered(desk, request_id, wrong, NOTHING, by=person(), answered_on=today().replace(year=2014))
    assert {problem.field: problem.code for problem in refused.value.problems} == {
        "services[0].ground": "missing_ground",
        "answeredOn": "answered_before_asked",
    }
