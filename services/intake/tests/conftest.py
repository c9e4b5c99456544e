from collections.abc import Callable

import pytest

from services.intake.tests.desk import Desk


@pytest.fixture
def desk(database_of: Callable[[str], str]) -> Desk:
    return Desk(database_of("intake"))
