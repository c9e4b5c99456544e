"""A page of the audit log is read by index, whatever is asked for, so that it takes no longer when the log is long."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import psycopg
import pytest

from shared.audit.store import AuditStore, Wanted
from shared.testing.databases import Database, Databases
from shared.testing.plans import scans_of

STORED, PAGE = 20_000, 100
"""More is stored than PostgreSQL rather reads from end to end."""
NOW = datetime.now(UTC)
FILL = """
    INSERT INTO audit_log (at, action, operation, object_kind, object_id, case_id, status, actor, actor_name,
                           organisation, origin, house, correlation_id)
    SELECT now() - (%(stored)s - number) * interval '1 minute', 'close a table case', 'close', 'table-cases', '',
           lpad(to_hex(number %% 500), 32, '0')::uuid, 200, 'p-' || number %% 100, 'A. Jansen', 'test-house', 'desk',
           'test-house', gen_random_uuid()
    FROM generate_series(1, %(stored)s) AS number
    """
ASKED: dict[str, dict[str, Any]] = {
    "the newest": {},
    "a later page": {"before": STORED // 2},
    "a day": {"since": NOW - timedelta(days=5), "until": NOW - timedelta(days=4)},
    "a person": {"actor": "p-17"},
    "a person who did nothing": {"actor": "nobody"},
    "a case": {"case_id": UUID(int=17)},
    "a later page of a case": {"case_id": UUID(int=17), "before": STORED // 2},
    "another house": {"house": "elsewhere"},
}


def test_a_page_is_read_by_index(audited: Database, databases: Databases, subtests: pytest.Subtests) -> None:
    superuser = databases.cluster.url(urlsplit(audited.url).path.lstrip("/"))
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute(FILL, {"stored": STORED})
        connection.execute("ANALYZE audit_log")
        store = AuditStore(connection)
        for name, asked in ASKED.items():
            wanted = Wanted(**{"house": "test-house", **asked})
            with subtests.test(name):
                scans = scans_of(connection, partial(store.entries, wanted, PAGE))
                assert scans
                assert {scan.kind for scan in scans} <= {"Index Scan", "Index Only Scan", "Bitmap Heap Scan"}
