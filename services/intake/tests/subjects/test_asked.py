"""Whom people of a partner are told of: about whom the partner is asked, as the question told it, and nobody else."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.intake.subjects.endpoints import show_subjects
from services.intake.subjects.messages import SubjectList, SubjectsQuery
from services.intake.subjects.telling import PurposeNotAllowed
from services.intake.tests.desk import Desk
from services.intake.tests.given import CONTACT, NOTICE
from shared.business_dates import today
from shared.web import Call, Caller

ASKED = "information_request"


def told(desk: Desk, *subject_ids: UUID, function: str = "municipal_contact", organisation: str = "gemeente") -> Any:
    """What a person of a partner gets, by subject."""
    person = Caller(
        id="bram", name="Bram", house="noord", roles=frozenset({function}), organisation=organisation, origin="desk"
    )
    query = SubjectsQuery(subject_ids=subject_ids, purpose=ASKED)
    with desk.unit() as unit:
        shown = show_subjects.function(Call(input=query, caller=person, correlation_id=uuid4()), unit)
    assert isinstance(shown, SubjectList)
    return {each.subject_id: each.details for each in shown.items}


def asked(desk: Desk, subject_id: UUID) -> str:
    """The id of a question to the municipality about the newest referral on a subject."""
    [*_, (referral_id,)] = desk.rows("SELECT referral_id FROM referrals WHERE subject_id = %s", subject_id)
    request = {"requestId": str(uuid4()), "referralId": str(referral_id), "subjectId": str(subject_id)}
    desk.hear("information-requests.issued.v1", request | {"partner": "gemeente", "answerBy": "2015-06-08"})
    return request["requestId"]


@pytest.fixture
def piet(desk: Desk) -> UUID:
    """Of whom the police told by an arrest notice."""
    return desk.notice(**NOTICE["subject"])


def test_who_is_asked_is_told_the_same_as_in_the_question_and_it_is_logged(desk: Desk, piet: UUID) -> None:
    asked(desk, piet)
    [sent] = desk.told(CONTACT, "information-requests.sent.v1")
    details = told(desk, piet)[piet]
    needed = {"bsn": details.bsn, "familyName": details.family_name, "givenNames": details.given_names}
    assert sent["subject"] == {"kind": "person", "municipality": "Dorp", "birthDate": details.birth_date} | needed
    assert details.sex is None
    assert desk.rows("SELECT disclosed_to FROM disclosures WHERE disclosed_to = 'bram'") == [("bram",)]


def test_of_others_nothing_is_told_and_the_look_stands_in_the_audit_log(desk: Desk, piet: UUID) -> None:
    other = desk.notice(familyName="Bakker")
    asked(desk, piet)
    assert told(desk, other, uuid4(), piet).keys() == {piet}
    assert told(desk, piet, organisation="dji") == {}
    assert desk.rows("SELECT DISTINCT subject_id FROM disclosures WHERE disclosed_to = 'bram'") == [(piet,)]


@pytest.mark.parametrize(("function", "organisation"), [("case_holder", "gemeente"), ("municipal_contact", "noord")])
def test_the_purpose_is_for_the_people_of_partners_that_answer_questions(
    desk: Desk, piet: UUID, function: str, organisation: str
) -> None:
    asked(desk, piet)
    with pytest.raises(PurposeNotAllowed):
        told(desk, piet, function=function, organisation=organisation)


def test_on_the_own_referral_nothing_is_told_but_what_the_partner_said(desk: Desk, piet: UUID) -> None:
    concern = {"reference": "1", "concern": "worried"}
    subject = {"kind": "person", "municipality": "Dorp", "bsn": NOTICE["subject"]["bsn"]}
    desk.send(concern | {"subject": subject}, CONTACT, type="current-referrals.submitted.v1")
    [(own,)] = desk.rows("SELECT referral_id FROM referrals WHERE referrer = 'gemeente'")
    request = {"requestId": str(uuid4()), "referralId": str(own), "subjectId": str(piet)}
    desk.hear("information-requests.issued.v1", request | {"partner": "gemeente", "answerBy": "2015-06-08"})
    assert (told(desk, piet)[piet].family_name, told(desk, piet)[piet].bsn) == (None, subject["bsn"])


@pytest.mark.parametrize(("days", "is_told"), [(0, True), (1, False)])
def test_a_question_that_was_answered_tells_no_more_after_the_days_of_the_profile(
    desk: Desk, piet: UUID, days: int, is_told: bool
) -> None:
    asked(desk, piet)
    desk.rows("UPDATE information_requests SET answered_on = %s RETURNING 1", today() - timedelta(days=days))
    assert (piet in told(desk, piet)) == is_told
