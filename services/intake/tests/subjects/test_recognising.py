"""Who is who, in a real database."""

from random import Random
from typing import Any
from uuid import UUID

import eventlet
import psycopg
import pytest

from services.intake.house import House
from services.intake.referrals.handlers import register_arrest_notice
from services.intake.referrals.store import ReferralStore
from services.intake.subjects.handlers import disclosed, disclosed_alike
from services.intake.subjects.rules import Subject, UnknownSubject
from services.intake.subjects.store import SubjectStore
from services.intake.tests.desk import Desk, partners_reader
from services.intake.tests.given import BSN, HOUSE, OTHER_BSN, delivery, house, message, notice
from services.intake.unit import Unit

CURRENT = "current-referrals.submitted.v1"
PIET: dict[str, Any] = {"familyName": "Jansen", "givenNames": "Piet", "birthDate": "1990-02-03"}


def test_the_same_bsn_is_the_same_person_though_the_name_differs(desk: Desk) -> None:
    assert desk.notice(bsn=BSN, **PIET) == desk.notice(bsn=BSN, **PIET | {"familyName": "Pietersen"})


def test_the_same_name_and_birth_date_is_the_same_person(desk: Desk) -> None:
    assert desk.notice(**PIET) == desk.notice(**PIET | {"familyName": " JANSÉN "})


def test_no_id_tells_since_when_somebody_is_known(desk: Desk) -> None:
    assert desk.notice(**PIET).version == 4
    [registered] = desk.announced("referrals.registered.v1")
    assert UUID(registered["subject"]).version == 4


def test_another_birth_date_is_another_person(desk: Desk) -> None:
    assert desk.notice(**PIET) != desk.notice(**PIET | {"birthDate": "1990-02-04"})


def test_a_person_first_known_by_name_stays_the_same_when_the_bsn_comes(desk: Desk) -> None:
    first = desk.notice(**PIET)
    assert desk.notice(bsn=BSN, **PIET) == first
    assert desk.notice(bsn=BSN) == first


def test_a_person_first_known_by_bsn_is_recognised_by_the_name_that_came_later(desk: Desk) -> None:
    first = desk.notice(bsn=BSN)
    desk.notice(bsn=BSN, **PIET)
    assert desk.notice(**PIET) == first


def test_namesakes_with_different_bsns_are_different_people(desk: Desk) -> None:
    first, other = desk.notice(bsn=BSN, **PIET), desk.notice(bsn=OTHER_BSN, **PIET)
    assert first != other
    assert desk.notice(**PIET) not in (first, other), "which of the two is meant is not guessed"


def test_somebody_without_bsn_or_name_is_somebody_new_each_time(desk: Desk) -> None:
    assert desk.notice() != desk.notice()
    assert desk.notice(familyName="Jansen") != desk.notice(familyName="Jansen")


def test_the_same_family_again_is_alike_and_no_more(desk: Desk) -> None:
    family: dict[str, Any] = {"kind": "family", "familyName": "Jansen"}
    first, again = desk.notice(**family), desk.notice(**family)
    assert first != again
    assert alike(desk, first) == [again]
    assert alike(desk, desk.notice(**family, municipality="Stad")) == []


def test_the_same_person_in_two_houses_is_two_subjects(desk: Desk) -> None:
    assert desk.notice(bsn=BSN) != desk.notice(bsn=BSN, house=house("zuid"))


def known(desk: Desk, subject_id: UUID) -> Subject:
    with desk.unit() as unit:
        found = unit.store(SubjectStore).subject(HOUSE.id, subject_id)
    assert found
    return found.details


def alike(desk: Desk, subject_id: UUID) -> list[UUID]:
    with desk.unit() as unit:
        found = disclosed_alike(HOUSE.id, subject_id, to="officer", purpose="intake", unit=unit)
        return [other.subject_id for other in found]


def test_what_was_known_of_a_subject_is_completed_and_not_forgotten(desk: Desk) -> None:
    subject_id = desk.notice(bsn=BSN, familyName="Jansen", sex="man")
    desk.notice(bsn=BSN, givenNames="Piet", sex="unknown", municipality="Stad")
    assert known(desk, subject_id) == Subject(
        kind="person", municipality="Stad", bsn=BSN, family_name="Jansen", given_names="Piet", sex="man"
    )


def test_what_was_stated_last_counts_and_not_what_came_last(desk: Desk) -> None:
    subject_id = desk.notice(bsn=BSN, **PIET)
    late = notice(reference="PL-late", subject={"kind": "person", "municipality": "Stad", "bsn": BSN, **PIET})
    desk.send(late, time="2014-06-01T09:00:00+02:00")
    assert known(desk, subject_id).municipality == "Dorp"
    assert desk.rows("SELECT partner FROM claims") == [("politie",), ("politie",)]


@pytest.mark.parametrize("unknown", ["-", ".", "NN", "onbekend", "xxx"])
def test_a_word_for_unknown_is_no_name_and_replaces_none(desk: Desk, unknown: str) -> None:
    born = PIET["birthDate"]
    assert desk.notice(familyName=unknown, birthDate=born) != desk.notice(familyName=unknown, birthDate=born)
    subject_id = desk.notice(bsn=BSN, **PIET)
    desk.notice(bsn=BSN, familyName=unknown)
    assert known(desk, subject_id).family_name == "Jansen"


def test_twins_are_two_and_are_shown_as_alike(desk: Desk) -> None:
    twin: dict[str, Any] = {"familyName": "Jansen", "birthDate": "2009-03-04"}
    boy, girl = (desk.notice(**twin, givenNames="J.", sex=sex) for sex in ("man", "woman"))
    assert boy != girl
    assert alike(desk, boy) == [girl]
    jan, johanna = desk.notice(**twin, givenNames="Jan"), desk.notice(**twin, givenNames="Johanna")
    assert len({boy, girl, jan, johanna}) == 4


def test_other_numbers_and_birth_dates_known_in_part(desk: Desk) -> None:
    number = [{"kind": "v_number", "number": "2801234567"}]
    first = desk.notice(identifiers=number, **PIET)
    assert desk.notice(identifiers=number) == first
    spelled = [{"kind": "v_number", "number": "280.123.4567"}]
    assert desk.notice(identifiers=spelled, **PIET) == first
    part = desk.notice(**PIET | {"birthDate": "1990-00-00"})
    assert part != first
    assert part in alike(desk, first)


def test_what_the_version_before_writes_of_a_subject_is_a_claim(desk: Desk) -> None:
    subject_id = desk.notice(bsn=BSN, **PIET)
    write = (
        "UPDATE subjects SET details = said FROM claims WHERE claims.subject_id = subjects.subject_id RETURNING said"
    )
    [(said,)] = desk.rows(write)
    assert desk.rows("SELECT partner, said FROM claims ORDER BY position")[1:] == [(None, said)]
    assert known(desk, subject_id).family_name == "Jansen"


def test_what_was_told_in_a_sealed_matter_neither_shows_nor_changes_anything(desk: Desk) -> None:
    open_id = desk.notice(bsn=BSN, **PIET)
    told = {"kind": "person", "municipality": "Stad", "bsn": BSN, **PIET | {"familyName": "Geheim"}}
    desk.send({"reference": "S", "subject": told, "concern": "x", "theme": "hidden"}, type=CURRENT)
    [(sealed_id,)] = desk.rows("SELECT subject_id FROM subjects WHERE sealed_only")
    assert known(desk, open_id) == Subject(
        "person", "Dorp", bsn=BSN, family_name="Jansen", given_names="Piet", birth_date="1990-02-03"
    )
    assert alike(desk, open_id) == []
    with desk.unit() as unit, pytest.raises(UnknownSubject):
        disclosed(HOUSE.id, sealed_id, to="officer", purpose="intake", unit=unit)


def test_a_later_referral_counts_with_what_the_house_knew_already(desk: Desk) -> None:
    desk.notice(bsn=BSN, birthDate="2000-01-01", sex="woman")
    desk.notice(bsn=BSN)
    assert [
        (event["data"]["ageClass"], event["data"]["sex"]) for event in desk.announced("referrals.registered.v1")
    ] == [("under_18", "woman")] * 2


def _told_at_random(seed: int) -> list[dict[str, Any]]:
    chance = Random(seed)
    parts = [{"bsn": BSN}, {"bsn": OTHER_BSN}, PIET, PIET | {"givenNames": "Jan"}, {}]
    return [{**chance.choice(parts), **chance.choice(parts)} for _ in range(30)]


@pytest.mark.parametrize(
    "told",
    [
        [PIET, PIET | {"bsn": BSN}, PIET | {"bsn": OTHER_BSN}, PIET],
        [{"bsn": BSN}, PIET | {"bsn": BSN}, PIET, PIET | {"bsn": OTHER_BSN}],
        *map(_told_at_random, range(3)),
    ],
)
def test_who_is_who_does_not_depend_on_how_messages_fall_into_batches(desk: Desk, told: list[dict[str, Any]]) -> None:
    one_by_one = [desk.notice(**subject) for subject in told]
    documents = [
        message(notice(reference=str(number), subject={"kind": "person", "municipality": "Dorp", **subject}))
        for number, subject in enumerate(told)
    ]
    desk.take(*(delivery(document, house=house("zuid")) for document in documents))
    together = dict(desk.rows("SELECT message_id, subject_id FROM referrals WHERE house = 'zuid'"))
    assert _grouped([together[UUID(document["id"])] for document in documents]) == _grouped(one_by_one)


def _grouped(subjects: list[UUID]) -> list[int]:
    """For each, where the same subject was met first."""
    return [subjects.index(subject) for subject in subjects]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"bsn": BSN}, {"bsn": BSN}),
        (PIET, PIET),
        ({"bsn": BSN, **PIET}, PIET),
        (PIET, {"bsn": BSN, **PIET}),
        ({"bsn": BSN, **PIET}, {"bsn": BSN, "familyName": "Janssen"}),
    ],
)
def test_two_notices_of_one_new_person_at_the_same_moment_give_one_subject(
    desk: Desk, one: dict[str, Any], other: dict[str, Any]
) -> None:
    with desk.unit() as unit:
        first = register(one, unit)
        second = eventlet.spawn(register_by_another, desk, other)
        eventlet.sleep(0.2)
        assert not second.dead, "the second waits for the first"
    assert second.wait() == first
    assert desk.rows("SELECT count(*) FROM subjects") == [(1,)]


def test_a_house_does_not_wait_for_another(desk: Desk) -> None:
    with desk.unit() as unit:
        first = register(PIET, unit)
        with eventlet.Timeout(5):
            assert register_by_another(desk, PIET, house("zuid")) != first


def register_by_another(desk: Desk, subject: dict[str, Any], house: House = HOUSE) -> UUID:
    with desk.unit() as unit:
        return register(subject, unit, house)


def register(subject: dict[str, Any], unit: Unit, house: House = HOUSE) -> UUID:
    document = message(notice(subject={"kind": "person", "municipality": "Dorp", **subject}))
    event = partners_reader().read(delivery(document, house=house)).event
    assert event
    register_arrest_notice(event, unit)
    registered = unit.store(ReferralStore).referral_of_message(house.id, "politie", event.id)
    assert registered
    return registered.case_id


def test_a_bsn_can_not_belong_to_two_subjects_even_by_mistake(desk: Desk) -> None:
    subject_ids = [desk.notice(bsn=BSN), desk.notice(bsn=OTHER_BSN)]
    [(index,)] = desk.rows("SELECT blind_index FROM traits WHERE subject_id = %s", subject_ids[0])
    with psycopg.connect(desk.url) as connection, pytest.raises(psycopg.errors.UniqueViolation):
        connection.execute("INSERT INTO traits VALUES ('noord', 'bsn', %s, %s)", (index, subject_ids[1]))


def test_nothing_in_the_database_can_be_read_without_the_keys(desk: Desk) -> None:
    words = [BSN, "Jansen", "Piet", "1990-02-03", "burglary", "PL-1"]
    desk.notice(bsn=BSN, **PIET)
    desk.send(notice(offence="burglary", colour="red"))
    tables = ["subjects", "traits", "referrals", "disclosures", "outbox", "parked", "inbox"]
    stored = []
    with psycopg.connect(desk.url) as connection:
        for table in tables:
            with connection.cursor().copy(f"COPY {table} TO STDOUT (FORMAT binary)") as rows:
                stored += [bytes(row) for row in rows]
    everything = b"".join(stored)
    assert len(everything) > 1000
    assert [word for word in words if word.encode() in everything] == []
