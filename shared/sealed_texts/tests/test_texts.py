"""What people write about somebody stands sealed in the database, and can be erased."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from shared.keys import Key, Keys, Unreadable
from shared.messaging.resealing import DATA_KEYS, reseal
from shared.sealed_texts import SealedText, TextStore
from shared.testing.databases import Databases

OLD, NEW = Key(b"o" * 32, number=1), Key(b"n" * 32, number=2)
HOUSE, WHEN = "noord", datetime(2015, 3, 10, 9, tzinfo=UTC)
CASE = UUID(int=7)


@pytest.fixture
def connection(databases: Databases) -> Iterator[psycopg.Connection[Any]]:
    """The database of a service that keeps texts."""
    with databases.migrated("weighing") as database, psycopg.connect(database.url, autocommit=True) as connection:
        yield connection


def written(words: str, **other: Any) -> SealedText:
    version = SealedText(
        text_id=uuid4(),
        house=HOUSE,
        case_id=CASE,
        kind="concern",
        organisation="halt",
        person="p-1",
        written_at=WHEN,
        text=words,
    )
    return replace(version, **other)


def keep(connection: psycopg.Connection[Any], *versions: SealedText, keys: Keys | None = None) -> None:
    texts = TextStore(connection, keys or Keys(OLD))
    for version in versions:
        texts.write(version)
    texts.flush()


def read(connection: psycopg.Connection[Any], *texts: SealedText, keys: Keys | None = None) -> list[SealedText]:
    return TextStore(connection, keys or Keys(OLD)).read(HOUSE, [text.text_id for text in texts])


def test_a_text_is_read_as_it_was_written(connection: psycopg.Connection[Any]) -> None:
    first, second = written("Slaapt in zijn auto – met “de hond”."), written("Tweede", kind="remark", person=None)
    keep(connection, first, second)
    assert read(connection, second, first) == [first, second]
    assert TextStore(connection, Keys(OLD)).of_cases(HOUSE, [CASE, uuid4()]) == [first, second]


def test_nothing_in_the_database_shows_a_word(connection: psycopg.Connection[Any]) -> None:
    keep(connection, written("Huisuitzetting"))
    row = connection.execute("SELECT sealed_texts::text, sealed FROM sealed_texts").fetchone()
    assert row and "uitzetting" not in row[0] and b"uitzetting" not in row[1]


def test_an_older_version_stays_beside_the_newer_one_in_the_order_in_which_they_were_written(
    connection: psycopg.Connection[Any],
) -> None:
    older = written("Woont bij zijn moeder")
    newer = replace(older, text="Woont bij zijn zus", written_at=WHEN + timedelta(days=1))
    keep(connection, newer)
    keep(connection, older)
    assert read(connection, older) == [older, newer]


def test_another_house_reads_nothing(connection: psycopg.Connection[Any]) -> None:
    text = written("Van noord")
    keep(connection, text)
    texts = TextStore(connection, Keys(OLD))
    assert texts.read("zuid", [text.text_id]) == texts.of_cases("zuid", [CASE]) == []


def test_the_texts_of_an_erased_case_are_gone_and_those_of_others_stay(connection: psycopg.Connection[Any]) -> None:
    erased, other = written("Weg"), written("Blijft", case_id=uuid4())
    keep(connection, erased, other)
    TextStore(connection, Keys(OLD)).erase([CASE])
    assert read(connection, erased, other) == [replace(erased, text=None), other]
    assert connection.execute("SELECT data_key, sealed FROM sealed_texts WHERE case_id = %s", [CASE]).fetchall() == [
        (b"", b"")
    ]


def test_two_texts_have_two_keys_so_a_key_that_leaks_opens_one_text(connection: psycopg.Connection[Any]) -> None:
    keep(connection, written("Een"), written("Twee"))
    assert connection.execute("SELECT count(DISTINCT data_key) FROM sealed_texts").fetchone() == (2,)


@pytest.mark.parametrize("moved", ["case_id = gen_random_uuid()", "kind = 'answer'", "version_id = gen_random_uuid()"])
def test_a_text_that_was_moved_to_another_place_is_not_opened(connection: psycopg.Connection[Any], moved: str) -> None:
    text = written("Van deze zaak")
    keep(connection, text)
    connection.execute(f"UPDATE sealed_texts SET {moved}".encode())
    with pytest.raises(Unreadable):
        read(connection, text)


def test_after_a_rotation_the_old_key_opens_nothing_and_what_was_erased_stays_erased(
    connection: psycopg.Connection[Any],
) -> None:
    kept, erased = written("Blijft leesbaar"), written("Weg", case_id=uuid4())
    keep(connection, kept, erased)
    TextStore(connection, Keys(OLD)).erase([erased.case_id])
    keep(connection, during := written("Tijdens"), keys=Keys(OLD, NEW))
    assert reseal(connection, Keys(NEW, OLD), DATA_KEYS) == 0
    assert read(connection, kept, during, erased, keys=Keys(NEW)) == [kept, replace(erased, text=None), during]
    with pytest.raises(Unreadable):
        read(connection, kept)


def test_the_texts_of_a_batch_are_written_with_one_statement(connection: psycopg.Connection[Any]) -> None:
    with connection.transaction():
        keep(connection, *(written(str(number)) for number in range(50)))
    assert connection.execute("SELECT count(*), count(DISTINCT cmin::text) FROM sealed_texts").fetchone() == (50, 1)
