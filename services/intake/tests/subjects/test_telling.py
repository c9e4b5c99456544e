"""What a partner can find out about somebody by asking in a clever way, and what a role is told of somebody."""

from typing import Any
from uuid import uuid4

import pytest

from services.intake.house import Detail
from services.intake.subjects.rules import Claim, Identifier
from services.intake.subjects.telling import PurposeNotAllowed, limited, needed, told_to_asked
from services.intake.tests.desk import Desk
from services.intake.tests.given import BSN, CONTACT, HOUSE, NOTICE, NOW, OTHER_BSN, known, notice, person

WHOLE = person(
    bsn=BSN,
    family_name="Jansen",
    given_names="Piet",
    birth_date="1990-02-03",
    sex="man",
    identifiers=(Identifier("v_number", "2801234567"),),
)
NAME_AND_BIRTH_DATE = {"familyName": "Jansen", "givenNames": "Piet", "birthDate": "1990-02-03"}


def refer(desk: Desk, **subject: Any) -> None:
    """The municipality that is going to be asked refers somebody itself."""
    about = {"kind": "person", "municipality": "Dorp", **subject}
    concern = {"reference": str(uuid4()), "subject": about, "concern": "worried"}
    desk.send(concern, CONTACT, type="current-referrals.submitted.v1")


def asked(desk: Desk) -> dict[str, Any]:
    """Whom the municipality is asked about, as weighing asks it of every referral: the newest here."""
    [*_, (referral_id, subject_id)] = desk.rows("SELECT referral_id, subject_id FROM referrals ORDER BY referral_id")
    request = {"requestId": str(uuid4()), "referralId": str(referral_id), "subjectId": str(subject_id)}
    desk.hear("information-requests.issued.v1", request | {"partner": "gemeente", "answerBy": "2015-06-08"})
    [*_, sent] = desk.told(CONTACT, "information-requests.sent.v1")
    whom: dict[str, Any] = sent["subject"]
    return whom


@pytest.mark.parametrize("told", [{"bsn": BSN}, NAME_AND_BIRTH_DATE], ids=["bsn", "name and birth date"])
def test_a_referrer_is_asked_about_what_it_said_whether_or_not_the_house_knows_more(
    desk: Desk, told: dict[str, str]
) -> None:
    desk.send(NOTICE)
    refer(desk, **told)
    [(subjects,)] = desk.rows("SELECT count(*) FROM subjects")
    assert subjects == 1, "the house knows whom the municipality means"
    assert asked(desk) == {"kind": "person", "municipality": "Dorp", **told}


def test_the_answers_on_a_known_and_on_an_unknown_number_have_the_same_fields(desk: Desk) -> None:
    desk.send(NOTICE)
    whom = []
    for bsn in (BSN, OTHER_BSN):
        refer(desk, bsn=bsn)
        whom.append(asked(desk) | {"bsn": ""})
    assert whom[0] == whom[1]
    known, unknown = desk.told(CONTACT, "messages.accepted.v1")
    assert known.keys() == unknown.keys()


def test_somebody_elses_number_rewrites_nobody_and_nobody_is_told_of_it(desk: Desk) -> None:
    desk.send(NOTICE)
    refer(desk, bsn=BSN, familyName="Anders", givenNames="Sofie", birthDate="2004-10-11", sex="woman")
    assert desk.told(CONTACT, "messages.refused.v1") == []
    assert desk.rows("SELECT count(*) FROM claims") == [(1,)]
    needs = {name: value for name, value in NOTICE["subject"].items() if name != "sex"}
    assert asked(desk) == needs


def test_on_the_referral_of_another_partner_the_profile_says_what_the_asked_one_needs(desk: Desk) -> None:
    refer(desk, bsn=BSN, sex="man")
    desk.send(notice(subject=NOTICE["subject"] | {"identifiers": [{"kind": "v_number", "number": "2801234567"}]}))
    assert asked(desk) == NOTICE["subject"], "the sex is what the municipality said itself"


def test_a_partner_of_which_the_profile_says_nothing_is_told_what_it_said_itself() -> None:
    subject = known(WHOLE, Claim("halt", NOW, person(bsn=BSN)), Claim("politie", NOW, WHOLE))
    assert told_to_asked(subject, "halt", referrer="politie", house=HOUSE) == person(bsn=BSN)
    assert told_to_asked(subject, "dji", referrer="politie", house=HOUSE) == person()


def test_only_the_details_of_the_purpose_are_told() -> None:
    details: set[Detail] = {"family_name", "birth_date"}
    assert limited(WHOLE, details) == person(family_name="Jansen", birth_date="1990-02-03")


@pytest.mark.parametrize("purpose", ["information_request", "briefing"])
def test_a_purpose_that_is_not_of_the_role_is_refused(purpose: str) -> None:
    with pytest.raises(PurposeNotAllowed):
        needed(purpose, {"process_director"}, HOUSE)
