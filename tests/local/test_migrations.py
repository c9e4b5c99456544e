"""A migration runs while workers of the version before go on, so it takes nothing away from them."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MIGRATIONS = sorted([*ROOT.glob("services/*/migrations/*.sql"), *ROOT.glob("shared/*/migrations/*.sql")])
TAKES_AWAY = re.compile(r"DROP\s+(TABLE|COLUMN|VIEW|FUNCTION)|RENAME|ALTER\s+COLUMN\s+\w+\s+(SET\s+DATA\s+)?TYPE", re.I)


@pytest.mark.parametrize("migration", MIGRATIONS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_a_migration_drops_and_renames_nothing(migration: Path) -> None:
    code = re.sub(r"--.*", "", migration.read_text(encoding="utf-8"))
    assert [found.group() for found in TAKES_AWAY.finditer(code)] == []
