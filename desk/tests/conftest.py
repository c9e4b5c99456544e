from collections.abc import Iterator
from typing import Any

import pytest

from desk.application import application_of
from desk.database import Database
from desk.houses import House
from desk.parts import Parts
from desk.tests.given import HOUSE, OTHER_HOUSE, Desk, ToldServices, settings_of
from desk.tests.given_provider import ToldProvider
from desk.tests.trial import blueprint as trial
from shared.testing.databases import Database as MigratedDatabase
from shared.testing.databases import Databases

HOUSES = {
    HOUSE: House(house=HOUSE, name="Hollands Midden"),
    OTHER_HOUSE: House(house=OTHER_HOUSE, name="Midden-Land"),
}


@pytest.fixture(scope="module")
def desks_database(databases: Databases) -> Iterator[MigratedDatabase]:
    with databases.migrated("desk") as migrated:
        yield migrated


@pytest.fixture(scope="module")
def database(desks_database: MigratedDatabase) -> Iterator[Database]:
    opened = Database(desks_database.url)
    yield opened
    opened.close()


@pytest.fixture
def desk(database: Database) -> Desk:
    """A desk without sessions and drafts, and a browser without cookies."""
    made = desk_with(database)
    made.execute("DELETE FROM sessions")
    made.execute("DELETE FROM drafts")
    return made


@pytest.fixture
def without_database() -> Iterator[Desk]:
    """A desk whose database cannot be reached."""
    unreachable = Database("postgresql://desk:password@127.0.0.1:1/desk", patience_seconds=0.2)
    yield desk_with(unreachable)
    unreachable.close()


def desk_with(database: Database) -> Desk:
    """With a page for trials besides its own."""
    services, provider = ToldServices(), ToldProvider()
    told: dict[str, Any] = {"services": services, "provider": provider}
    app = application_of(Parts(settings=settings_of("postgresql://"), database=database, houses=HOUSES, **told))
    app.register_blueprint(trial)
    return Desk(app, database, services, provider, app.test_client())
