"""Loads the shared fixtures and gives their broker the platform's own topology."""

import eventlet

# Before anything else is imported: a module that has kept an unpatched socket or lock hangs the first integration test.
eventlet.monkey_patch()

import os  # noqa: E402

os.environ["PSYCOPG_WAIT_FUNC"] = "wait_selector"  # psycopg's own wait in C would stop every greenlet

from pathlib import Path  # noqa: E402
from secrets import token_urlsafe  # noqa: E402

import pytest  # noqa: E402
import pytest_timeout  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402

from deploy.topology import Topology  # noqa: E402
from shared.testing.setup import BrokerSetup  # noqa: E402

# The patched module's main thread is not the one that runs. pytest would have a green timer, which fires only while
# greenlets take turns, and then ends the whole run instead of one test.
pytest_timeout.threading = eventlet.patcher.original("threading")

settings.register_profile("loaded", suppress_health_check=[HealthCheck.too_slow])  # other test runs take the cores
settings.load_profile("loaded")

pytest_plugins = [
    "shared.testing.browser",
    "shared.testing.fixtures",
    "shared.testing.issuer",
    "shared.testing.service",
    "shared.testing.parts",
    "deploy.identity.testing",
]

HOUSES = Path(__file__).with_name("houses")


@pytest.fixture(scope="session")
def broker_setup() -> BrokerSetup:
    """The topology of the platform with the houses that it ships, and a password for each user."""
    topology = Topology.load(HOUSES)
    passwords = {user: token_urlsafe() for user in topology.users}
    return BrokerSetup(topology.virtual_host, topology.definitions(passwords), passwords)
