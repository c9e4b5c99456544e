"""A migration runs while workers of the version before go on, so it takes nothing away from them."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MIGRATIONS = sorted([*ROOT.glob("services/*/migrations/*.sql"), *ROOT.glob("shared/*/migrations/*.sql")])
BEFORE_INDEXES_WERE_CONCURRENT = {
    "aftercare": 13,
    "intake": 8,
    "meetings": 3,
    "messaging": 6,
    "reporting": 3,
    "weighing": 5,
}
"""The last migration of each that may build an index while nobody can write the table."""
NEW_TABLE = re.compile(r"CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(\w+)", re.I)
LOCKING_INDEX = re.compile(r"CREATE\s+(?:UNIQUE\s+)?INDEX\s+(?!CONCURRENTLY)\w+\s+ON\s+(\w+)", re.I)
TAKES_AWAY = re.compile(r"DROP\s+(TABLE|COLUMN|VIEW|FUNCTION)|RENAME|ALTER\s+COLUMN\s+\w+\s+(SET\s+DATA\s+)?TYPE", re.I)


@pytest.mark.parametrize("migration", MIGRATIONS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_a_migration_drops_and_renames_nothing(migration: Path) -> None:
    assert [found.group() for found in TAKES_AWAY.finditer(code_of(migration))] == []


@pytest.mark.parametrize("migration", MIGRATIONS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_an_index_on_a_table_in_use_is_built_concurrently(migration: Path) -> None:
    if int(migration.name[:4]) > BEFORE_INDEXES_WERE_CONCURRENT.get(migration.parts[-3], 0):
        code = code_of(migration)
        assert set(LOCKING_INDEX.findall(code)) <= set(NEW_TABLE.findall(code))


def test_each_migration_has_a_number_of_its_own_in_its_folder() -> None:
    numbered = Counter((path.parent, path.name[:4]) for path in MIGRATIONS)
    assert [twice for twice, times in numbered.items() if times > 1] == []


def code_of(migration: Path) -> str:
    return re.sub(r"--.*", "", migration.read_text(encoding="utf-8"))
