"""The mandated contact of a municipality asks on a BIJ notice, and the house advises the mayor; nobody else sees it."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.intake.bij_questions.handlers import advise_mayor, ask_house, questions, seen_question
from services.intake.bij_questions.messages import AdviseMayor, AskHouse, BijQuestion
from services.intake.bij_questions.rules import AnsweredBefore, NotMunicipal, UnknownQuestion
from services.intake.forgetting import forget_texts_of_questions
from services.intake.tests.desk import Desk
from services.intake.tests.given import CONTACT, HOUSE, ITEMISING, NOW, POLICE
from shared.web import Caller

ASKED = AskHouse(about="Zeno Quispelaar, 1981", question="Is hij bij u bekend, en is er een plan?")
ADVICE = AdviseMayor(advice="Bekend; laat de wijkagent voor zijn komst langsgaan.")


def caller(organisation: str = CONTACT.id, role: str = "bij_mandate") -> Caller:
    of = {"name": "Daan", "house": HOUSE.id, "organisation": organisation, "origin": "desk"}
    return Caller(id="daan", roles=frozenset({role}), **of)


DIRECTOR = caller(HOUSE.id, "process_director")


def asked(desk: Desk, by: Caller | None = None) -> BijQuestion:
    with desk.unit() as unit:
        return ask_house(by or caller(), ASKED, unit)


def seen(desk: Desk, question_id: UUID, by: Caller) -> BijQuestion:
    with desk.unit() as unit:
        return seen_question(by, question_id, unit)


def advised(desk: Desk, question_id: UUID, advice: AdviseMayor = ADVICE) -> BijQuestion:
    with desk.unit() as unit:
        return advise_mayor(DIRECTOR, question_id, advice, unit)


def test_a_question_is_asked_and_answered_for_the_municipality_alone(desk: Desk) -> None:
    question = asked(desk)
    assert (question.state, question.advice, question.about) == ("asked", None, ASKED.about)
    assert advised(desk, question.question_id) == advised(desk, question.question_id)
    shown = seen(desk, question.question_id, caller())
    assert (shown.state, shown.advice, shown.answered_by) == ("answered", ADVICE.advice, "Daan")
    with pytest.raises(UnknownQuestion):
        seen(desk, question.question_id, caller(ITEMISING.id))
    with pytest.raises(UnknownQuestion):
        seen(desk, uuid4(), DIRECTOR)
    with desk.unit() as unit:
        listed = [len(questions(each, unit)) for each in (caller(), DIRECTOR, caller(ITEMISING.id))]
    assert listed == [1, 1, 0]


def test_nobody_is_registered_and_the_texts_are_sealed_and_forgotten(desk: Desk) -> None:
    question = advised(desk, asked(desk).question_id)
    tables: list[Any] = [desk.rows("SELECT * FROM bij_questions"), desk.rows("SELECT * FROM sealed_texts")]
    assert "Quispelaar" not in str(tables)
    assert desk.rows("SELECT FROM subjects") == []
    with desk.unit() as unit:
        forget_texts_of_questions(NOW + timedelta(days=1), unit)
    shown = seen(desk, question.question_id, DIRECTOR)
    assert (shown.state, shown.about, shown.question, shown.advice) == ("answered", "", "", "")


def test_who_answers_for_no_municipality_may_not_ask_and_another_answer_is_refused(desk: Desk) -> None:
    for organisation in (POLICE.id, HOUSE.id):
        with pytest.raises(NotMunicipal):
            asked(desk, caller(organisation))
    question = advised(desk, asked(desk).question_id)
    with pytest.raises(AnsweredBefore):
        advised(desk, question.question_id, AdviseMayor(advice="Anders."))
