"""A broker of their own for these tests: with a second house, and queues that are full soon."""

from copy import deepcopy
from secrets import token_urlsafe

import pytest

from deploy.topology import Topology
from shared.testing.fixtures import broker  # noqa: F401  imported here, it takes the topology of this directory
from shared.testing.setup import BrokerSetup
from tests.security.two_houses import write_profiles

FULL_AT = 200
"""Messages; the platform's own limits are higher."""


@pytest.fixture(scope="session")
def broker_setup(tmp_path_factory: pytest.TempPathFactory) -> BrokerSetup:
    """The platform's topology for two houses, with lower limits where it has limits."""
    topology = Topology.load(write_profiles(tmp_path_factory.mktemp("security") / "houses"))
    passwords = {user: token_urlsafe() for user in topology.users}
    definitions = deepcopy(topology.definitions(passwords))
    for policy in definitions["policies"]:
        if "max-length" in policy["definition"]:
            policy["definition"]["max-length"] = FULL_AT
    return BrokerSetup(topology.virtual_host, definitions, passwords)
