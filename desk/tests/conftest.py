from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from werkzeug.serving import make_server

from desk.application import application_of
from desk.database import Database
from desk.houses import House, load_houses
from desk.parts import Parts
from desk.tests.given import HOUSE, OTHER_HOUSE, Desk, ToldServices, settings_of
from desk.tests.given_briefing import FIRST, SECOND, answers, referral
from desk.tests.given_provider import ToldProvider
from desk.tests.trial import blueprint as trial
from shared.testing.databases import Database as MigratedDatabase
from shared.testing.databases import Databases
from shared.testing.waiting import free_ports

HOUSES = {
    HOUSE: load_houses(Path("houses"))[HOUSE],
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


@pytest.fixture
def served(database: Database) -> Iterator[tuple[Desk, str]]:
    """A desk for a real browser, with its address."""
    [port] = free_ports(1)
    address = f"http://127.0.0.1:{port}"
    made = desk_with(database, url=address)
    server = make_server("127.0.0.1", port, made.app, threaded=True)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield made, address
    server.shutdown()


def desk_with(database: Database, services: ToldServices | None = None, **settings: Any) -> Desk:
    """With a page for trials besides its own."""
    services, provider = services or ToldServices(), ToldProvider()
    told: dict[str, Any] = {"services": services, "provider": provider}
    its = settings_of("postgresql://", **settings)
    app = application_of(Parts(settings=its, database=database, houses=HOUSES, **told))
    app.register_blueprint(trial)
    return Desk(app, database, services, provider, app.test_client())


@pytest.fixture
def board(desk: Desk) -> Desk:
    """With two referrals that wait at a briefing, and a person who is signed in."""
    desk.sign_in()
    desk.services.answers |= answers(referral(FIRST), referral(SECOND))
    return desk
