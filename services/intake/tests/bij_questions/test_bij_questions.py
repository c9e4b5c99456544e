"""The mandated contact of a municipality asks on a BIJ notice, and the house advises the mayor; nobody else sees it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

import psycopg
import pytest

from services.intake.bij_questions.handlers import advise_mayor, ask_house, correct_advice, questions, seen_question
from services.intake.bij_questions.messages import AdviseMayor, AskHouse, BijQuestion, CorrectAdvice
from services.intake.bij_questions.rules import AnsweredBefore, NothingAnswered, NotMunicipal, UnknownQuestion
from services.intake.forgetting import forget_texts_of_questions
from services.intake.house import Partner
from services.intake.tests.desk import HOUSES, Desk
from services.intake.tests.given import BSN, CONTACT, HOUSE, ITEMISING, NOW, POLICE, delivery, message
from shared.testing.planted import WORD, tables_with_word
from shared.web import Caller

ASKED = AskHouse(about="Zeno Quispelaar, 1981", question="Is hij bij u bekend, en is er een plan?")
ADVICE = AdviseMayor(advice="Bekend; laat de wijkagent voor zijn komst langsgaan.", supports=True)
SUBMITTED, ANSWERED = "bij-questions.submitted.v1", "bij-questions.answered.v1"
TOLD = {"reference": "BIJ-17", "askedBy": "Daan", "about": ASKED.about, "question": ASKED.question}


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


def sent(desk: Desk, partner: Partner = CONTACT, **told: Any) -> UUID:
    """The id of the question that a partner sent."""
    ids = {"id": "2015-17", "correlationid": "zaak-4"}
    desk.take(delivery(message({**TOLD, **told}, partner, SUBMITTED, **ids), partner))
    [(question_id,)] = desk.rows("SELECT question_id FROM bij_questions")
    return UUID(str(question_id))


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
    assert (shown.state, shown.says(ADVICE), shown.answered_by) == ("answered", True, "Daan")
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


def test_a_question_by_message_is_answered_and_corrected_by_message(desk: Desk) -> None:
    question_id = sent(desk)
    [receipt] = desk.told(CONTACT, "messages.accepted.v1")
    assert receipt == {"messageId": "2015-17", "reference": "BIJ-17"}
    shown = seen(desk, question_id, caller())
    assert (shown.about, shown.question, shown.asked_by) == (ASKED.about, ASKED.question, "Daan")
    advised(desk, question_id)
    advised(desk, question_id)
    corrected(desk, question_id, "Niet bekend.")
    first, second = desk.told(CONTACT, ANSWERED)
    own = {"messageId": "2015-17", "reference": "BIJ-17", "answeredOn": "2015-06-01"}
    assert first == own | {"advice": ADVICE.advice, "supports": True}
    assert second == own | {"advice": "Niet bekend.", "correction": True, "because": "Een ander."}
    assert [desk.announced("noord.gemeente")[-1].get(name) for name in ("correlationid", "subject")] == ["zaak-4", None]


def test_what_was_asked_at_the_desk_is_answered_at_the_desk_alone(desk: Desk) -> None:
    advised(desk, asked(desk).question_id)
    assert desk.announced("noord.gemeente") == []


def test_a_partner_that_gets_no_answers_reads_them_at_the_desk(desk: Desk) -> None:
    mute = replace(CONTACT, may_get=CONTACT.may_get - {ANSWERED})
    with patch.dict(HOUSES, noord=replace(HOUSE, partners={**HOUSE.partners, mute.id: mute})):
        question_id = sent(desk)
        advised(desk, question_id)
    assert desk.told(CONTACT, ANSWERED) == []
    assert seen(desk, question_id, caller()).says(ADVICE)


def test_a_question_that_comes_again_has_its_receipt_again_and_is_one_question(desk: Desk) -> None:
    for _ in range(2):
        sent(desk)
    assert len(desk.told(CONTACT, "messages.accepted.v1")) == 2


def test_a_partner_that_answers_for_no_municipality_is_refused_and_so_is_a_number_in_the_text(desk: Desk) -> None:
    desk.send(TOLD, ITEMISING, type=SUBMITTED)
    desk.send({**TOLD, "question": f"Is {BSN} bekend?", "askedBy": ""}, CONTACT, type=SUBMITTED)
    told = [desk.told(partner, "messages.refused.v1")[0]["problems"] for partner in (ITEMISING, CONTACT)]
    assert [{(each["field"], each["code"]) for each in problems} for problems in told] == [
        {("source", "not_municipal")},
        {("data.question", "bsn_in_text"), ("data.askedBy", "wrong_length")},
    ]
    assert desk.rows("SELECT FROM bij_questions") == []


def test_of_a_question_by_message_nothing_can_be_read_in_a_table(desk: Desk) -> None:
    question_id = sent(desk, about=WORD, question=WORD, reference=WORD)
    advised(desk, question_id, AdviseMayor(advice=WORD))
    with psycopg.connect(desk.url) as connection:
        assert tables_with_word(connection) == []
