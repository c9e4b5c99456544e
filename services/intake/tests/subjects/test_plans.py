"""What it takes to know who somebody is does not grow with how many are known."""

from typing import Any

import psycopg

from services.intake.subjects.recognition import Trait, traits
from services.intake.subjects.rules import Claim, Subject
from services.intake.subjects.store import SubjectStore
from services.intake.tests.desk import Desk
from services.intake.tests.given import HOUSE, NOW, vault

TOGETHER, STORED = 30, 5_000
FILL = """
    WITH known AS (
        INSERT INTO subjects (subject_id, case_id, house, kind, data_key, registered_at)
        SELECT gen_random_uuid(), gen_random_uuid(), %s, 'person', '', now() FROM generate_series(1, %s)
        RETURNING subject_id, house
    ), claimed AS (
        INSERT INTO claims (subject_id, stated_at, said) SELECT subject_id, now(), '' FROM known
    )
    INSERT INTO traits (house, kind, blind_index, subject_id)
    SELECT house, 'bsn', uuid_send(gen_random_uuid()), subject_id FROM known
    """
TOUCHED = """
    SELECT sum(seq_tup_read + idx_tup_fetch)::int FROM pg_stat_xact_user_tables
    WHERE relname IN ('subjects', 'traits', 'claims')
    """


def touched(connection: psycopg.Connection[Any]) -> int:
    row = connection.execute(TOUCHED).fetchone()
    assert row
    return int(row[0])


def look(given: set[Trait], connection: psycopg.Connection[Any]) -> int:
    """Gives how many rows it took to learn who these may be."""
    before = touched(connection)
    SubjectStore(connection, vault()).load_candidates({HOUSE.id: given})
    return touched(connection) - before


def test_who_shares_a_trait_is_found_by_index(desk: Desk) -> None:
    people = [Subject(kind="person", bsn=f"999{number:06}", municipality="Dorp") for number in range(TOGETHER)]
    given = {trait for person in people for trait in traits(person, None)}
    with psycopg.connect(desk.url) as connection:
        store = SubjectStore(connection, vault())
        store.load_candidates({HOUSE.id: given})
        for person in people:
            known = store.add_subject(HOUSE.id, Claim(None, NOW, person), sealed=False, registered_at=NOW)
            for trait in traits(person, None):
                store.add_trait(HOUSE.id, known, trait)
        store.flush()
        looks = [look(given, connection) for _ in range(12)]
        connection.execute(FILL, (HOUSE.id, STORED))
        looks += [look(given, connection) for _ in range(12)]
        assert 3 * TOGETHER <= max(looks) < 8 * TOGETHER
