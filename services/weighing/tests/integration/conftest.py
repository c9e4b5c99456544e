from collections.abc import Iterator

import psycopg
import pytest

from services.weighing.tests.integration.briefing import Briefing
from services.weighing.tests.integration.running import RunningService, running
from shared.testing.databases import Databases
from shared.testing.setup import RunningBroker

LEFT_BY_A_TEST = ("decisions", "information_requests", "referrals", "outbox", "inbox", "parked", "postponed")


@pytest.fixture(scope="module")
def service(
    databases: Databases, broker: RunningBroker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningService]:
    """One for all tests of a module, because it takes seconds to stop."""
    broker.purge()
    urls = (broker.url("weighing"), broker.administrator_url)
    with (
        databases.migrated("weighing") as database,
        running(database.url, *urls, tmp_path_factory.mktemp("weighing")) as service,
    ):
        yield service


@pytest.fixture
def weighing(service: RunningService) -> RunningService:
    """The running service with an empty database."""
    with psycopg.connect(service.database_url) as connection:
        for table in LEFT_BY_A_TEST:
            connection.execute(psycopg.sql.SQL("DELETE FROM {}").format(psycopg.sql.Identifier(table)))
    return service


@pytest.fixture
def briefing(weighing: RunningService) -> Briefing:
    return Briefing(weighing)
