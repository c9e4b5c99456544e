from collections.abc import Callable, Iterator

import psycopg
import pytest

from services.reporting.tests.integration.reporting import Reports


@pytest.fixture
def reports(database_of: Callable[[str], str]) -> Iterator[Reports]:
    with psycopg.connect(database_of("reporting"), autocommit=True) as connection:
        yield Reports(connection)
