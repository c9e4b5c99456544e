from collections.abc import Iterator

import pytest

from desk.application import application_of
from desk.database import Database
from desk.houses import House
from desk.parts import Parts
from desk.tests.given import HOUSE, OTHER_HOUSE, Desk, ToldServices, settings_of
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
def desk(database: Database, desks_database: MigratedDatabase) -> Desk:
    """A desk without sessions and drafts, and a browser without cookies."""
    services = ToldServices()
    app = application_of(Parts(settings_of(desks_database.url), database, services, HOUSES))  # type: ignore[arg-type]
    made = Desk(app, database, services, app.test_client())
    made.execute("DELETE FROM sessions")
    made.execute("DELETE FROM drafts")
    return made


@pytest.fixture
def without_database(desks_database: MigratedDatabase) -> Iterator[Desk]:
    """A desk whose database cannot be reached."""
    unreachable = Database("postgresql://desk:password@127.0.0.1:1/desk", patience_seconds=0.2)
    services = ToldServices()
    app = application_of(Parts(settings_of(desks_database.url), unreachable, services, HOUSES))  # type: ignore[arg-type]
    yield Desk(app, unreachable, services, app.test_client())
    unreachable.close()
