"""Databases of a bench's own, without a broker."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_urlsafe

from deploy.local.installation import ROOT
from shared.testing.cluster import Cluster, remove_cluster
from shared.testing.databases import Databases
from shared.testing.program import running
from shared.testing.waiting import free_ports, wait_until


@contextmanager
def private_databases(directory: Path) -> Iterator[Databases]:
    """Up inside, and gone afterwards."""
    cluster = Cluster(directory / "data", free_ports(1)[0], token_urlsafe())
    try:
        cluster.prepare()
        with running(cluster.program, directory / "postgres.log", throw_away=[cluster.data]):
            if not wait_until(cluster.is_ready, 30):
                raise TimeoutError("PostgreSQL did not get ready in 30 seconds")
            yield Databases(cluster, ROOT)
    finally:
        remove_cluster(directory / "data")
