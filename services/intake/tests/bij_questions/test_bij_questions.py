"""The mandated contact of a municipality asks on a BIJ notice, and the house advises the mayor; nobody else sees it."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from services.intake.bij_questions.handlers import advise_mayor, ask_house, correct_advice, questions, seen_question
from services.intake.bij_questions.messages import AdviseMayor, AskHouse, BijQuestion, CorrectAdvice
from services.intake.bij_questions.rules import AnsweredBefore, NothingAnswered, NotMunicipal, UnknownQuestion
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


def corrected(desk: Desk, question_id: UUID, advice: str, because: str = "Een ander.") -> BijQuestion:
    with desk.unit() as unit:
        return correct_advice(DIRECTOR, question_id, CorrectAdvice(advice=advice, because=because), unit)


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
    corrected(desk, question.question_id, "Zeno Quispelaar is niet bekend.", "Quispelaar heet hij.")
    tables = "bij_questions", "superseded_bij_answers", "sealed_texts"
    assert "Quispelaar" not in str([desk.rows(f"SELECT * FROM {table}") for table in tables])
    assert desk.rows("SELECT FROM subjects") == []
    with desk.unit() as unit:
        forget_texts_of_questions(NOW + timedelta(days=1), unit)
    shown = seen(desk, question.question_id, DIRECTOR)
    assert (shown.state, shown.about, shown.question, shown.advice) == ("answered", "", "", "")
    assert [(earlier.advice, earlier.because) for earlier in shown.earlier] == [("", "")]


def test_a_corrected_answer_stays_readable_beside_the_right_one(desk: Desk) -> None:
    question_id = asked(desk).question_id
    with pytest.raises(NothingAnswered):
        corrected(desk, question_id, "Niet bekend.")
    assert not advised(desk, question_id).corrected
    assert corrected(desk, question_id, "Niet bekend.") == corrected(desk, question_id, "Niet bekend.", "Nog eens.")
    shown = seen(desk, question_id, caller())
    assert (shown.advice, shown.corrected) == ("Niet bekend.", True)
    assert [(earlier.advice, earlier.because) for earlier in shown.earlier] == [(ADVICE.advice, "Een ander.")]
    with pytest.raises(AnsweredBefore):
        advised(desk, question_id)


def test_who_answers_for_no_municipality_may_not_ask_and_another_answer_is_refused(desk: Desk) -> None:
    for organisation in (POLICE.id, HOUSE.id):
        with pytest.raises(NotMunicipal):
            asked(desk, caller(organisation))
    question = advised(desk, asked(desk).question_id)
    with pytest.raises(AnsweredBefore):
        advised(desk, question.question_id, AdviseMayor(advice="Anders."))
