"""A service whose database is on a disk that is full: a real one, which the test mounts."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql

from shared.testing.databases import Databases
from shared.testing.small_disk import NotPermitted, SmallDisk, small_disk, tablespace_on
from shared.testing.waiting import wait_until
from shared.web.tests.plans import Desk, assert_problem, running_desk

MEBIBYTES = 24
"""An empty database takes eight of them."""
PAGES = 300
"""Plans that fit into the pages which the database has already."""
LARGE = "x" * 500
"""A holder: where this finds no room, a shorter one might."""


@pytest.fixture
def disk() -> Iterator[SmallDisk]:
    try:
        with small_disk(MEBIBYTES) as disk:
            yield disk
    except NotPermitted as error:
        pytest.skip(f"no disk can be mounted here: {error}")


@pytest.fixture
def desk(disk: SmallDisk, databases: Databases, tmp_path: Path) -> Iterator[Desk]:
    """The service with plans, with its database on the disk."""
    with tablespace_on(disk, databases.cluster) as tablespace, databases.empty() as database:
        name = database.url.rpartition("/")[2]
        move = sql.SQL("ALTER DATABASE {} SET TABLESPACE {}").format(*map(sql.Identifier, (name, tablespace)))
        with psycopg.connect(databases.cluster.url(), autocommit=True) as administrator:
            administrator.execute(move)
        with running_desk(database, tmp_path) as desk:
            yield desk


def make_until_refused(desk: Desk) -> tuple[int, UUID]:
    """How many plans were made, and the key of the one that was not."""
    for made in range(PAGES):
        key = uuid4()
        answer = desk.make(LARGE, key=key)
        if answer.status_code != 201:
            assert_problem(answer, 503)
            assert answer.json()["detail"].startswith("The database can't write")
            return made, key
    raise AssertionError("the disk did not get full")


def cannot_write(desk: Desk) -> bool:
    return "messaging_database_cannot_write 1.0" in desk.get("/metrics").text


def test_while_the_disk_is_full_commands_get_503_and_afterwards_all_goes_on_and_nothing_is_lost(
    desk: Desk, disk: SmallDisk
) -> None:
    plan = desk.new_plan()
    assert not cannot_write(desk)
    disk.fill()
    made, refused = make_until_refused(desk)
    assert_problem(desk.make(LARGE, key=refused), 503)
    assert cannot_write(desk)
    assert desk.get(plan).status_code == 200
    assert desk.get("/health/live").status_code == 200
    problems = [check["problem"] for check in desk.get("/health/ready").json()["checks"]]
    assert problems == [None, "the database can't write"]
    disk.empty()
    assert wait_until(lambda: desk.get("/health/ready").status_code == 200, 10)
    assert not cannot_write(desk)
    assert desk.make(LARGE, key=refused).status_code == 201
    assert len(desk.holders()) == 1 + made + 1
