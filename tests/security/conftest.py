"""A broker of their own for these tests: with a second house, and queues that are full soon."""

from copy import deepcopy
from pathlib import Path
from secrets import token_urlsafe

import pytest

from deploy.topology import Topology
from shared.testing.fixtures import broker  # noqa: F401  imported here, it takes the topology of this directory
from shared.testing.setup import BrokerSetup
from tests.security.broker_images import images_with
from tests.security.two_houses import write_profiles

FULL_AT = 200
"""Messages; the platform's own limits are higher."""


@pytest.fixture(scope="session")
def broker_images(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The platform's, but with many channels: thousands of attempts are made side by side."""
    directory = tmp_path_factory.mktemp("images")
    return images_with(directory, "rabbitmq-limits.conf", r"(channel_max) = \d+", r"\1 = 250")


@pytest.fixture(scope="session")
def broker_setup(tmp_path_factory: pytest.TempPathFactory) -> BrokerSetup:
    """The platform's topology for two houses, with lower limits where it has limits."""
    topology = Topology.load(write_profiles(tmp_path_factory.mktemp("security") / "houses"))
    passwords = {user: token_urlsafe() for user in topology.users}
    definitions = deepcopy(topology.definitions(passwords))
    for policy in definitions["policies"]:
        if "max-length" in policy["definition"]:
            policy["definition"]["max-length"] = FULL_AT
    for user in definitions["users"]:
        user["limits"] = {}
    return BrokerSetup(topology.virtual_host, definitions, passwords)
