"""A lost or hanging client does not keep its locks."""

import psycopg

from shared.postgres.link import LINK
from shared.testing.cluster import Cluster
from shared.testing.link import Link
from shared.testing.waiting import wait_until

HELD = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 7"
GIVEN_UP_SECONDS = 40


def test_the_server_gives_up_a_client_that_was_cut_off_in_a_transaction(postgres: Cluster) -> None:
    with Link.to("127.0.0.1", postgres.port) as link, psycopg.connect(postgres.url(), autocommit=True) as server:
        client = psycopg.connect(postgres.url().replace(f":{postgres.port}/", f":{link.port}/"), **LINK)
        client.execute("SELECT pg_advisory_lock(7)")
        assert server.execute(HELD).fetchone() == (1,)
        link.cut()
        assert wait_until(lambda: server.execute(HELD).fetchone() == (0,), GIVEN_UP_SECONDS)


def test_the_server_gives_up_a_client_that_stands_still_in_a_transaction(postgres: Cluster) -> None:
    with psycopg.connect(postgres.url(), **LINK) as client:
        assert client.execute("SHOW idle_in_transaction_session_timeout").fetchone() == ("30s",)
