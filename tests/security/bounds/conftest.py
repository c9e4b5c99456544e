"""A broker of their own for these tests, with the platform's limits."""

from pathlib import Path
from secrets import token_urlsafe

import pytest

from deploy.topology import Topology
from shared.testing.fixtures import broker  # noqa: F401  imported here, it takes the topology and files of this directory
from shared.testing.setup import BrokerSetup
from tests.security.broker_images import images_with

ROOT = Path(__file__).parents[3]
MOST_SILENT_SECONDS = 12
"""The broker counts what comes in every five seconds only."""


@pytest.fixture(scope="session")
def broker_setup() -> BrokerSetup:
    topology = Topology.load(ROOT / "houses")
    passwords = {user: token_urlsafe() for user in topology.users}
    return BrokerSetup(topology.virtual_host, topology.definitions(passwords), passwords)


@pytest.fixture(scope="session")
def broker_images(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The platform's, but less patient with who is silent."""
    directory = tmp_path_factory.mktemp("images")
    impatient = rf"\1, {MOST_SILENT_SECONDS}"
    return images_with(directory, "connection_guard.erl", r"(define\(MOST_SILENT_SECONDS), \d+", impatient)
