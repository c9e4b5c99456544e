from collections.abc import Callable, Iterator

import psycopg
import pytest

from services.reporting.tests.reports import Reports


@pytest.fixture
def reports(database_of: Callable[[str], str]) -> Iterator[Reports]:
    with psycopg.connect(database_of("reporting"), autocommit=True) as connection:
        yield Reports(connection)


@pytest.fixture
def another(reports: Reports) -> Iterator[Reports]:
    """The same database over another connection."""
    info = reports.connection.info
    with psycopg.connect(info.dsn, password=info.password, autocommit=True) as connection:
        yield Reports(connection)
