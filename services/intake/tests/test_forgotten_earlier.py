"""Of whom the version before forgot without a word, the other services hear afterwards."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from services.intake.tests.desk import Desk
from services.intake.tests.given import NOTICE, NOW, POLICE
from services.intake.tests.sealed_referrals.test_sealing import seal
from services.intake.tests.test_forgetting import JANSEN, forget
from shared.testing.databases import Database, Databases
from shared.testing.migrations import apply

NOTES = Path("services/intake/migrations/0039.forgotten-earlier.sql")
SEALED_BY_NOW = NOW + timedelta(days=3)
SEALED = {"reference": "C-1", "subject": NOTICE["subject"], "concern": "Recruits friends.", "theme": "hidden"}


@pytest.fixture
def database(databases: Databases) -> Iterator[Database]:
    """As the version before left it."""
    with databases.migrated("intake") as database:
        by_owner(database, "DROP TABLE forgotten_earlier")
        yield database


def by_owner(database: Database, statement: str, *parameters: object) -> None:
    with psycopg.connect(database.owner_url, autocommit=True) as connection:
        connection.execute(statement.encode(), parameters)


def forgotten_silently(database: Database, *subject_ids: UUID) -> None:
    by_owner(database, "UPDATE subjects SET data_key = '' WHERE subject_id = ANY(%s)", [*subject_ids])


def upgrade(database: Database) -> None:
    """The migration is applied at NOW."""
    with psycopg.connect(database.owner_url, autocommit=True) as connection:
        apply(connection, [NOTES])
        connection.execute("UPDATE forgotten_earlier SET noted_at = %s", [NOW])


def told(desk: Desk, at: datetime = SEALED_BY_NOW) -> list[str]:
    """The subjects of whom the others have heard by then that they are forgotten."""
    forget(desk, at)
    return [each["data"]["subjectId"] for each in desk.announced("subjects.forgotten.v1")]


def test_others_hear_once_of_whom_the_version_before_forgot_and_of_nobody_else(database: Database) -> None:
    desk = Desk(database.url)
    forgotten, _ = desk.notice(**JANSEN), desk.notice(familyName="De Wit", givenNames="Eva", birthDate="1981-12-24")
    forgotten_silently(database, forgotten)
    upgrade(database)
    assert [told(desk), told(desk)] == [[str(forgotten)]] * 2


def test_others_hear_it_when_what_stood_in_the_clear_is_sealed(database: Database) -> None:
    desk = Desk(database.url)
    forgotten_silently(database, forgotten := desk.notice(**JANSEN))
    upgrade(database)
    assert told(desk, NOW + timedelta(days=1)) == []
    assert told(desk) == [str(forgotten)]


def test_nobody_hears_of_whom_only_a_sealed_referral_told(database: Database) -> None:
    desk = Desk(database.url)
    desk.send(SEALED, POLICE, type="current-referrals.submitted.v1")
    [(subject_id,)] = desk.rows("SELECT subject_id FROM subjects")
    forgotten_silently(database, UUID(str(subject_id)))
    upgrade(database)
    assert told(desk) == []


def test_nobody_hears_of_a_case_that_was_sealed_later_while_the_house_knows_who_it_is(database: Database) -> None:
    desk = Desk(database.url)
    before = desk.notice(**JANSEN)
    [(referral_id,)] = desk.rows("SELECT referral_id FROM referrals")
    seal(desk, UUID(str(referral_id)))
    assert desk.rows("SELECT FROM subjects WHERE data_key = '' AND subject_id = %s", before)
    upgrade(database)
    assert told(desk) == []


def test_others_hear_of_the_case_of_before_once_the_sealed_one_is_forgotten_too(database: Database) -> None:
    desk = Desk(database.url)
    before = desk.notice(**JANSEN)
    [(referral_id,)] = desk.rows("SELECT referral_id FROM referrals")
    seal(desk, UUID(str(referral_id)))
    [(hidden,)] = desk.rows("SELECT subject_id FROM subjects WHERE sealed_only")
    forgotten_silently(database, UUID(str(hidden)))
    upgrade(database)
    assert told(desk) == [str(before)]
