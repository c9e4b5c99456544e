"""pytest fixtures: a private PostgreSQL cluster and RabbitMQ node for the session, and a fresh database for each test.

A project's conftest.py loads this module as a plugin and may override `broker_setup` with its own topology.
"""

import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from secrets import token_urlsafe

import pytest

from shared.testing.broker import IMAGES, Broker, BrokerPorts
from shared.testing.cluster import Cluster, remove_cluster
from shared.testing.databases import Database, Databases
from shared.testing.program import running
from shared.testing.setup import BrokerSetup, RunningBroker
from shared.testing.waiting import free_ports, wait_until

START_SECONDS = 60


@pytest.fixture(scope="session")
def broker_setup() -> BrokerSetup:
    """The broker's definitions at its start: here an empty virtual host."""
    return BrokerSetup("tests", {"vhosts": [{"name": "tests"}]}, {})


@pytest.fixture(scope="session")
def broker_images() -> Path:
    """The directory with the limits for the broker's clients, and the module that guards connections."""
    return IMAGES


@pytest.fixture(scope="session")
def broker(
    broker_setup: BrokerSetup, broker_images: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningBroker]:
    """A running private node. Its queues keep messages between tests; see `empty_queues`."""
    directory = tmp_path_factory.mktemp("broker")
    node = Broker(directory, BrokerPorts.free(), images=broker_images)
    access = RunningBroker(node, broker_setup)
    node.prepare(broker_setup.with_administrator())
    with ExitStack() as programs:
        for program in node.programs:
            # Nobody needs what is in the node afterwards, and an orderly stop takes six seconds.
            thrown_away = replace(program, stop_signal=signal.SIGKILL)
            programs.enter_context(running(thrown_away, directory / "log", throw_away=[directory]))
        if not wait_until(lambda: node.is_ready(access.administrator_url), START_SECONDS):
            pytest.fail(f"The broker did not start:\n{_tail(directory / 'log')}")
        yield access


@pytest.fixture
def empty_queues(broker: RunningBroker) -> RunningBroker:
    """The broker with empty queues."""
    broker.purge()
    return broker


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A running private cluster."""
    directory = tmp_path_factory.mktemp("postgres")
    log = directory / "log"
    cluster = Cluster(directory / "data", free_ports(1)[0], token_urlsafe(), durable=False)
    cluster.prepare()
    try:
        with running(cluster.program, log, throw_away=[cluster.data]):
            if not wait_until(cluster.is_ready, START_SECONDS):
                pytest.fail(f"PostgreSQL did not start:\n{_tail(log)}")
            yield cluster
    finally:
        remove_cluster(cluster.directory)


@pytest.fixture(scope="session")
def databases(postgres: Cluster, pytestconfig: pytest.Config) -> Iterator[Databases]:
    with closing(Databases(postgres, pytestconfig.rootpath)) as databases:
        yield databases


@pytest.fixture
def database_of(databases: Databases) -> Iterator[Callable[[str], str]]:
    """`database_of("weighing")` returns the URL of a fresh migrated database for the service's role."""
    with ExitStack() as made:
        yield lambda service: made.enter_context(databases.migrated(service)).url


@pytest.fixture
def empty_database(databases: Databases) -> Iterator[Database]:
    """A fresh database without tables, with a role that has a service's rights."""
    with databases.empty() as database:
        yield database


def _tail(log: Path) -> str:
    return "\n".join(log.read_text().splitlines()[-20:])
