"""Both installations that the repository describes, written once."""

import pytest

from tests.local.kubernetes.applied import Applied


@pytest.fixture(scope="session", params=["national", "region"])
def applied(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Applied:
    return Applied(request.param, tmp_path_factory.mktemp(request.param))
