"""Every kind of bad input, as a partner may send it."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.intake.accepting import ACCEPTS
from services.intake.partners.reader import PartnerReader, ingresses
from services.intake.tests.given import (
    CONTACT,
    DETENTION,
    HOUSE,
    MESSAGE_KEY,
    NOTICE,
    NOW,
    POLICE,
    PRISONS,
    about,
    delivery,
    house,
    message,
    notice,
    person,
)
from shared.messaging.reader import Reading
from shared.messaging.sealing import Sealer


@pytest.fixture
def reader() -> PartnerReader:
    return PartnerReader(ACCEPTS, {"noord": HOUSE}, Sealer(MESSAGE_KEY), now=lambda: NOW)


def problems(reading: Reading) -> dict[str, str]:
    return {problem.field: problem.reason for problem in reading.problems}


def wrong_fields(reader: PartnerReader, document: Any) -> set[str]:
    reading = reader.read(delivery(document))
    assert reading.event is None
    return set(problems(reading))


def test_each_partner_of_each_house_has_a_queue() -> None:
    queues = [ingress.queue for ingress in ingresses({"noord": HOUSE, "zuid": house("zuid")})]
    partners = ("dji", "exodus", "gemeente", "om", "politie", "stad")
    assert sorted(queues) == [f"intake.from.{name}.{partner}" for name in ("noord", "zuid") for partner in partners]


def test_a_right_message_becomes_an_event_of_the_partner_and_its_house(reader: PartnerReader) -> None:
    document = message()
    event = reader.read(delivery(document)).event
    assert event
    assert (event.id, event.sender, event.house) == (UUID(document["id"]), "noord.politie", "noord")
    assert event.correlation_id == event.id
    assert event.data.subject.family_name == "Jansen"


@pytest.mark.parametrize("user", [None, "noord.dji", "politie"])
def test_a_message_without_the_partners_own_user_has_no_sender(reader: PartnerReader, user: str | None) -> None:
    reading = reader.read(delivery(message(), user_id=user))
    assert reading.event is None
    assert set(problems(reading)) == {"user_id"}
    assert reading.key.sender == "unknown:intake.from.noord.politie"


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"nothing", b'"text"', b"[]", b"null", b'{"a": NaN}'])
def test_what_is_no_json_object_is_refused(reader: PartnerReader, body: bytes) -> None:
    assert wrong_fields(reader, body) == {""}


def test_what_is_no_cloudevent_is_refused_with_each_attribute_it_lacks(reader: PartnerReader) -> None:
    assert wrong_fields(reader, {}) == {"specversion", "id", "source", "type", "time", "data"}


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("specversion", "0.3"),
        ("id", "x" * 65),
        ("id", "a\u0007b"),
        ("id", 1),
        ("source", "urn:nld:dji"),
        ("source", ""),
        ("type", "nl.ketenhuis.moon-landings.submitted.v1"),
        ("type", "arrest-notices.submitted.v1"),
        ("type", "nl.ketenhuis.detention-notices.submitted.v1"),
        ("time", "yesterday"),
        ("time", "2015-06-01T09:00:00"),
        ("time", "2015-06-01T12:05:01Z"),
        ("time", "9999-12-31T23:59:59-14:00"),
        ("time", "0001-01-01T00:00:00+14:00"),
        ("datacontenttype", "text/xml"),
        ("subject", "Jansen"),
        ("data", []),
    ],
)
def test_a_wrong_attribute_is_named(reader: PartnerReader, attribute: str, value: Any) -> None:
    assert wrong_fields(reader, message() | {attribute: value}) == {attribute}


def test_wrong_attributes_are_named_together(reader: PartnerReader) -> None:
    document = message(source="urn:nld:dji", type="nl.ketenhuis.x", time="2016-01-01T00:00:00Z")
    assert wrong_fields(reader, document) == {"source", "type", "time"}


def test_a_clock_that_is_a_little_ahead_is_no_reason_to_refuse(reader: PartnerReader) -> None:
    assert reader.read(delivery(message(time=(NOW + timedelta(minutes=4)).isoformat()))).event


@pytest.mark.parametrize(
    ("subject", "field"),
    [
        ({"bsn": "999990018"}, "bsn"),
        ({"bsn": "99999001"}, "bsn"),
        ({"bsn": "9999.90.019"}, "bsn"),
        ({"bsn": "٩٩٩٩٩٠٠١٩"}, "bsn"),
        ({"bsn": 999990019}, "bsn"),
        ({"municipality": "Maan"}, "municipality"),
        ({"birthDate": "2015-06-02"}, "birthDate"),
        ({"birthDate": "2015-02-30"}, "birthDate"),
        ({"birthDate": 20150230}, "birthDate"),
        ({"sex": "male"}, "sex"),
        ({"kind": "dog"}, "kind"),
        ({"municipality": ""}, "municipality"),
        ({"kind": None}, "kind"),
        ({"familyName": " \n"}, "familyName"),
        ({"familyName": "x" * 101}, "familyName"),
        ({"givenNames": "a\u0007b"}, "givenNames"),
        ({"givenNames": ["Piet"]}, "givenNames"),
        ({"shoeSize": 44}, "shoeSize"),
    ],
)
def test_a_wrong_field_of_the_subject_is_named(reader: PartnerReader, subject: dict[str, Any], field: str) -> None:
    document = message(notice(subject=NOTICE["subject"] | subject))
    assert wrong_fields(reader, document) == {f"data.subject.{field}"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"arrestedOn": "2015-06-02"}, "arrestedOn"),
        ({"arrestedOn": None}, "arrestedOn"),
        ({"reference": "x" * 65}, "reference"),
        ({"offence": {"code": 1}}, "offence"),
        ({"subject": "Jansen"}, "subject"),
        ({"theme": "hidden"}, "theme"),
    ],
)
def test_a_wrong_field_of_the_data_is_named(reader: PartnerReader, changes: dict[str, Any], field: str) -> None:
    assert wrong_fields(reader, message(notice(**changes))) == {f"data.{field}"}


def test_every_wrong_field_is_named_at_once_whether_its_form_or_its_meaning_is_wrong(reader: PartnerReader) -> None:
    data = {
        "subject": {"kind": "person", "bsn": "123456789", "municipality": "Maan", "birthDate": "2099-01-01", "x": 1},
        "arrestedOn": "2099-01-01",
        "offence": "burglary",
        "colour": "red",
    }
    assert wrong_fields(reader, message(data)) == {
        "data.reference",
        "data.colour",
        "data.arrestedOn",
        "data.subject.bsn",
        "data.subject.municipality",
        "data.subject.birthDate",
        "data.subject.x",
    }


def test_no_reason_repeats_what_was_sent(reader: PartnerReader) -> None:
    sent = ["123456789", "Zilverling", "2099-01-01", "Geheimstad", "verdacht"]
    bsn, name, born, municipality, sex = sent
    subject = {"bsn": bsn, "familyName": name * 20, "birthDate": born, "municipality": municipality, "sex": sex}
    reading = reader.read(delivery(message(about(**subject))))
    assert len(reading.problems) == 5
    assert not [word for word in sent for problem in reading.problems if word in str(problem)]


@pytest.mark.parametrize("name", ["Piet Jansen", "", "x" * 41, "999990019", "bsn999990019", "999.990.019", "é"])
def test_a_field_name_that_is_no_plain_word_is_not_repeated(reader: PartnerReader, name: str) -> None:
    subject = NOTICE["subject"] | {name: 1}
    assert wrong_fields(reader, message(notice(subject=subject))) == {"data.subject.…"}


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates().map(str) | st.just("999990019"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


def some_of(document: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Any values in some of a document's fields."""
    return st.dictionaries(st.sampled_from(sorted(document)), VALUES)


@settings(deadline=None)
@given(attributes=some_of(message()), fields=some_of(NOTICE), subject=some_of(NOTICE["subject"]))
def test_whatever_a_partner_sends_is_either_taken_or_refused_with_a_reason(
    attributes: dict[str, Any], fields: dict[str, Any], subject: dict[str, Any]
) -> None:
    reader = PartnerReader(ACCEPTS, {"noord": HOUSE}, Sealer(MESSAGE_KEY), now=lambda: NOW)
    document = message(notice(subject=NOTICE["subject"] | subject) | fields) | attributes
    reading = reader.read(delivery(document))
    assert (reading.event is None) == bool(reading.problems)


@settings(deadline=None)
@given(body=st.binary())
def test_any_bytes_are_refused(body: bytes) -> None:
    reader = PartnerReader(ACCEPTS, {"noord": HOUSE}, Sealer(MESSAGE_KEY), now=lambda: NOW)
    assert reader.read(delivery(body)).problems


def test_a_family_has_a_name_and_nothing_that_only_a_person_has(reader: PartnerReader) -> None:
    assert wrong_fields(reader, message(about(kind="family", bsn="999990019", sex="man", givenNames="Piet"))) == {
        "data.subject.bsn",
        "data.subject.sex",
        "data.subject.givenNames",
        "data.subject.familyName",
    }
    assert reader.read(delivery(message(about(kind="family", familyName="Jansen")))).event


def test_a_person_of_whom_nothing_is_known_can_be_referred(reader: PartnerReader) -> None:
    assert reader.read(delivery(message(about()))).event


def test_a_release_before_the_detention_is_named(reader: PartnerReader) -> None:
    data = {**DETENTION, "expectedReleaseOn": "2015-05-29"}
    document = message(data, PRISONS, "detention-notices.submitted.v1")
    assert set(problems(reader.read(delivery(document, PRISONS)))) == {"data.expectedReleaseOn"}


def test_an_answer_names_services_of_the_house(reader: PartnerReader) -> None:
    answer = {"requestId": str(uuid4()), "answeredOn": "2015-06-01", "involved": ["housing", "moon"]}
    document = message(answer, CONTACT, "information-answers.submitted.v1")
    assert set(problems(reader.read(delivery(document, CONTACT)))) == {"data.involved"}


@pytest.mark.parametrize("number", [0, -1, "1", 1.0, 1.5, True, None, [1]])
def test_a_replay_is_asked_from_a_whole_number_from_one_on(reader: PartnerReader, number: Any) -> None:
    document = message({"fromSequence": number}, type="replays.requested.v1")
    assert wrong_fields(reader, document) == {"data.fromSequence"}


def test_more_than_64_kb_is_refused(reader: PartnerReader) -> None:
    assert wrong_fields(reader, json.dumps(message(notice(offence="x" * 65536))).encode()) == {""}


@pytest.mark.parametrize("levels", [40, 500, 30_000])
def test_what_is_deeply_nested_is_refused(reader: PartnerReader, levels: int) -> None:
    deep = b'{"id": "%s", "data": %s%s}' % (str(uuid4()).encode(), b"[" * levels, b"]" * levels)
    assert wrong_fields(reader, deep) == {""}


def test_the_messages_id_is_kept_wherever_it_can_be_read(reader: PartnerReader) -> None:
    assert reader.read(delivery({"id": "mine"})).ids_as_sent == ("mine", "mine")
    assert reader.read(delivery({"id": 1})).ids_as_sent is None


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("datacontenttype", "application/json; charset=utf-8"),
        ("datacontenttype", 'Application/JSON;Charset="UTF-8"; v=1'),
        ("time", "2015-05-31t09:00:00z"),
        ("time", "2015-05-31T09:00:00.1234567+01:00"),
        ("time", "2012-06-30T23:59:60Z"),
        ("time", "2012-07-01T01:59:60+02:00"),
        ("correlationid", "Dossier 7"),
    ],
)
def test_what_common_libraries_write_is_read(reader: PartnerReader, attribute: str, value: str) -> None:
    assert reader.read(delivery(message() | {attribute: value})).problems == ()


@pytest.mark.parametrize("type", ["application/xml", "application/json; charset=windows-1252", "json"])
def test_another_type_or_charset_is_refused(reader: PartnerReader, type: str) -> None:
    assert wrong_fields(reader, message(datacontenttype=type)) == {"datacontenttype"}


@pytest.mark.parametrize("time", ["2015-05-31T12:00:60Z", "2015-05-31T23:59:60+02:00", "2015-05-31T23:59:60"])
def test_a_leap_second_is_the_last_of_a_day(reader: PartnerReader, time: str) -> None:
    assert wrong_fields(reader, message(time=time)) == {"time"}


@pytest.mark.parametrize("nothing", ["", None])
def test_an_optional_field_that_tells_nothing_counts_as_left_out(reader: PartnerReader, nothing: str | None) -> None:
    subject = NOTICE["subject"] | {"bsn": nothing, "birthDate": nothing, "sex": nothing, "givenNames": nothing}
    event = reader.read(delivery(message(notice(subject=subject)))).event
    assert event
    assert event.data.subject == person(family_name="Jansen")
    family = {"kind": "family", "familyName": "Jansen", "municipality": "Dorp", "bsn": nothing}
    assert reader.read(delivery(message(notice(subject=family)))).event


@pytest.mark.parametrize("spelled", ["DORP", " dorp ", "GM0001", "0001", "Kerk & Dorp", "Kerk  en Dorp"])
def test_a_municipality_goes_by_the_houses_own_name_for_it(reader: PartnerReader, spelled: str) -> None:
    event = reader.read(delivery(message(about(municipality=spelled)))).event
    assert event
    assert event.data.subject.municipality == "Dorp"


@pytest.mark.parametrize("spelled", ["PI Dorp", "P.I. DORP", " pi_dorp ", "PI - dorp"])
def test_an_institution_goes_by_the_houses_code_for_it(reader: PartnerReader, spelled: str) -> None:
    detention = message(DETENTION | {"institution": spelled}, PRISONS, "detention-notices.submitted.v1")
    event = reader.read(delivery(detention, PRISONS)).event
    assert event
    assert event.data.institution == "pi_dorp"


def test_an_institution_that_the_house_does_not_list_is_refused_with_the_code_for_any_other(
    reader: PartnerReader,
) -> None:
    detention = message(DETENTION | {"institution": "Kasteel"}, PRISONS, "detention-notices.submitted.v1")
    [problem] = reader.read(delivery(detention, PRISONS)).problems
    assert (problem.field, problem.code) == ("data.institution", "unknown_institution")
    assert problem.reason == "is not an institution of this house; send other for one that the house does not list"


def test_a_municipality_with_a_slip_of_the_pen_is_refused_with_the_nearest(reader: PartnerReader) -> None:
    [problem] = reader.read(delivery(message(about(municipality="Dorrp")))).problems
    assert problem.code == "unknown_municipality"
    assert problem.reason == "is not a municipality or residence of this house; did you mean Dorp?"


def test_another_partner_may_not_send_this_type(reader: PartnerReader) -> None:
    reading = reader.read(delivery(message(partner=CONTACT), CONTACT))
    assert problems(reading) == {"type": "is not a type that you may send"}


def test_a_partner_can_not_speak_for_another(reader: PartnerReader) -> None:
    reading = reader.read(delivery(message(partner=POLICE), CONTACT))
    assert problems(reading)["source"] == "is not the source agreed with the house"
