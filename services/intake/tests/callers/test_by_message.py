"""A partner asks by message who else is involved; the question is a contact moment, and its answer goes back so."""

from typing import Any
from uuid import UUID

import psycopg
import pytest

from services.intake.callers.handlers import ANSWERED
from services.intake.contact_moments.messages import ContactMomentView
from services.intake.contact_moments.rules import AskedByMessage
from services.intake.contact_moments.store import ContactMoment, ContactMomentStore
from services.intake.house import Partner
from services.intake.tests.callers.test_answers import SAID, answer, waiting
from services.intake.tests.contact_moments.test_contact_moments import change, record, seen, withdraw, wrong
from services.intake.tests.desk import Desk
from services.intake.tests.given import BSN, CONTACT, HOUSE, ITEMISING, delivery, message
from shared.messaging import Rejected
from shared.testing.planted import WORD, tables_with_word

ASKED = "information-questions.submitted.v1"
TOLD: dict[str, Any] = {"reference": "V-17", "askedBy": "Daan", "question": "Wie kent hem nog meer?"}
KAREL = {"familyName": "Jansen", "birthDate": "1984-07", "municipality": "dorp"}


def sent(desk: Desk, partner: Partner = CONTACT, **told: Any) -> ContactMomentView:
    """The contact moment that a partner's question is."""
    ids = {"id": "2015-17", "correlationid": "zaak-4"}
    desk.take(delivery(message({**TOLD, **told}, partner, ASKED, **ids), partner))
    [(contact_moment_id,)] = desk.rows("SELECT contact_moment_id FROM contact_moments")
    return seen(desk, UUID(str(contact_moment_id)))


def to_answer(desk: Desk) -> ContactMoment:
    with desk.unit() as unit:
        [moment] = unit.store(ContactMomentStore).to_answer(HOUSE.id)
    return moment


def test_a_question_by_message_waits_to_be_answered_and_registers_nobody(desk: Desk) -> None:
    moment = sent(desk, about=KAREL, consent="yes")
    assert desk.told(CONTACT, "messages.accepted.v1") == [{"messageId": "2015-17", "reference": "V-17"}]
    told = moment.telling
    assert (told.channel, told.partner, told.text, told.consent) == ("message", CONTACT.id, TOLD["question"], "yes")
    assert told.about
    assert (told.about.municipality, moment.sorted_as, moment.recorded_by) == ("Dorp", "information_question", "Daan")
    assert len(waiting(desk)) == 1
    assert desk.rows("SELECT * FROM referrals") == desk.rows("SELECT * FROM subjects") == []


def test_its_answer_and_each_correction_go_back_by_message(desk: Desk) -> None:
    sent(desk)
    moment = answer(desk, to_answer(desk))
    answer(desk, moment, "Niemand.", because="Een naamgenoot.")
    first, second = desk.told(CONTACT, ANSWERED)
    own = {"messageId": "2015-17", "reference": "V-17", "answeredOn": "2015-06-01"}
    assert first == own | {"answer": SAID}
    assert second == own | {"answer": "Niemand.", "correction": True, "because": "Een naamgenoot."}
    assert [desk.announced("noord.gemeente")[-1].get(name) for name in ("correlationid", "subject")] == ["zaak-4", None]


def test_what_was_asked_by_phone_is_answered_by_phone_alone(desk: Desk) -> None:
    answer(desk, record(desk, partner=CONTACT.id, sorting={"sortedAs": "information_question"}))
    assert desk.announced("noord.gemeente") == []


def test_a_question_that_comes_again_has_its_receipt_again_and_is_one_contact_moment(desk: Desk) -> None:
    for _ in range(2):
        sent(desk)
    assert len(desk.told(CONTACT, "messages.accepted.v1")) == 2


def test_a_partner_that_gets_no_answers_by_message_is_refused_and_so_is_what_is_wrong(desk: Desk) -> None:
    desk.send(TOLD, ITEMISING, type=ASKED)
    desk.send({**TOLD, "question": f"Is {BSN} bekend?", "askedBy": ""}, CONTACT, type=ASKED)
    desk.send({**TOLD, "about": {"municipality": "Maan", "birthDate": "2031"}}, CONTACT, type=ASKED)
    told = [data for partner in (ITEMISING, CONTACT) for data in desk.told(partner, "messages.refused.v1")]
    assert [{(each["field"], each["code"]) for each in data["problems"]} for data in told] == [
        {("type", "no_answer_by_message")},
        {("data.question", "bsn_in_text"), ("data.askedBy", "wrong_length")},
        {("data.about.municipality", "unknown_municipality"), ("data.about.birthDate", "in_future")},
    ]
    assert desk.rows("SELECT FROM contact_moments") == []


def test_how_it_came_is_never_changed(desk: Desk) -> None:
    moment = sent(desk)
    assert wrong(desk, channel="message") == [("channel", "not_by_message")]
    sorted_anew = {"because": "Vraagt raad.", "sorting": {"sortedAs": "consultation"}}
    assert change(desk, to_answer(desk), channel="message", **sorted_anew).sorted_as == "consultation"
    assert seen(desk, moment.contact_moment_id).telling.channel == "message"


def test_a_question_by_message_is_owed_an_answer_whatever_others_asked_or_an_officer_finds(desk: Desk) -> None:
    sent(desk)
    with pytest.raises(AskedByMessage):
        withdraw(desk, to_answer(desk))
    others, own = (record(desk, partner=partner).contact_moment_id for partner in ("politie", CONTACT.id))
    told = {"partner": CONTACT.id, "channel": "message", "because": "Zelfde vraag."}
    with pytest.raises(Rejected, match=r"sorting\.duplicateOf"):
        change(desk, to_answer(desk), **told, sorting={"duplicateOf": str(others)})
    assert change(desk, to_answer(desk), **told, sorting={"duplicateOf": str(own)}).state == "duplicate"


def test_of_a_question_by_message_nothing_can_be_read_in_a_table(desk: Desk) -> None:
    sent(desk, question=WORD, reference=WORD, about={"familyName": WORD})
    answer(desk, to_answer(desk), WORD)
    with psycopg.connect(desk.url) as connection:
        assert tables_with_word(connection) == []
