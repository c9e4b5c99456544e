"""A disk is full, or the database has become one that can only be read."""

from typing import Any, LiteralString
from uuid import uuid4

import psycopg
import pytest

from shared.testing.databases import Databases
from shared.testing.waiting import wait_until
from shared.web.tests.plans import Desk, assert_problem

FULL = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE disk_full; END $$;
CREATE TRIGGER no_room BEFORE INSERT ON plan EXECUTE FUNCTION no_room()
"""


@pytest.mark.parametrize(
    ("setting", "value", "begin", "end"),
    [
        ("default_transaction_read_only", "on", "SELECT", "SELECT"),
        ("temp_file_limit", "0", FULL, "DROP TRIGGER no_room ON plan"),
    ],
    ids=["a standby", "a full disk"],
)
def test_while_the_database_cannot_write_commands_get_503_and_readiness_says_so(
    desk: Desk,
    databases: Databases,
    setting: LiteralString,
    value: LiteralString,
    begin: LiteralString,
    end: LiteralString,
) -> None:
    name = desk.database_url.rpartition("/")[2]
    plan, key = desk.new_plan(), uuid4()
    with psycopg.connect(databases.cluster.url(name), autocommit=True) as administrator:
        administrator.execute(begin)
        administrator.execute(f"ALTER DATABASE {name} SET {setting} = '{value}'")
        end_sessions(administrator)
        refused = desk.make(key=key)
        assert_problem(refused, 503)
        assert refused.json()["detail"].startswith("The database can't write")
        assert desk.get(plan).status_code == 200
        assert desk.get("/health/live").status_code == 200
        problems = [check["problem"] for check in desk.get("/health/ready").json()["checks"]]
        assert problems == [None, "the database can't write"]
        administrator.execute(f"ALTER DATABASE {name} RESET {setting}")
        administrator.execute(end)
        end_sessions(administrator)
    assert wait_until(lambda: desk.get("/health/ready").status_code == 200, 10)
    assert desk.make(key=key).status_code == 201


def end_sessions(administrator: psycopg.Connection[Any]) -> None:
    """So that the service's next ones begin with the database's new settings."""
    administrator.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
