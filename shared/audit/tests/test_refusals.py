"""Whoever is refused time and again does not fill the audit log: the rest of an hour is one entry, in the chain."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import psycopg
from psycopg import Connection

from shared.audit.rules import Concerned
from shared.audit.sealing import Check, Sealing
from shared.audit.store import MOST_REFUSALS, AuditStore
from shared.audit.tests.deeds import DEED
from shared.testing.databases import Database

WORKERS, EACH = 4, 40


def refuse(connection: Connection[Any], times: int, status: int = 403, **differently: Any) -> None:
    store = AuditStore(connection)
    for number in range(times):
        store.add_refusal(replace(DEED, **differently), Concerned("table-cases", str(number)), status)


def told(connection: Connection[Any]) -> list[tuple[Any, ...]]:
    return connection.execute(
        "SELECT actor, operation, status, count(*), sum(refusals) FROM audit_log"
        " GROUP BY actor, operation, status ORDER BY actor, operation, status"
    ).fetchall()


def end_hour(service: Connection[Any]) -> None:
    service.execute("UPDATE audit_refusals SET hour = hour - interval '1 hour'")
    AuditStore(service).close_hours()


def test_an_attack_of_many_workers_has_few_entries_and_one_that_counts_the_rest(
    audited: Database, service: Connection[Any]
) -> None:
    def attack(_: int) -> None:
        with psycopg.connect(audited.url, autocommit=True) as connection:
            refuse(connection, EACH)

    with ThreadPoolExecutor(WORKERS) as workers:
        list(workers.map(attack, range(WORKERS)))
    assert told(service) == [("p-17", "close_table_case", 403, MOST_REFUSALS, None)]
    end_hour(service)
    rest = WORKERS * EACH - MOST_REFUSALS
    assert told(service) == [("p-17", "close_table_case", 403, MOST_REFUSALS + 1, rest)]
    assert service.execute("SELECT object_id FROM audit_log WHERE refusals IS NOT NULL").fetchall() == [("…",)]
    assert Sealing(service).step()
    check = Check(service, days=1830)
    assert (list(check.findings()), check.rows) == ([], MOST_REFUSALS + 1)


def test_each_caller_operation_status_and_hour_is_counted_by_itself(service: Connection[Any]) -> None:
    kinds: tuple[dict[str, Any], ...] = ({}, {"actor": "p-18"}, {"operation": "open_table_case"}, {"status": 404})
    for _ in range(2):
        for kind in kinds:
            refuse(service, MOST_REFUSALS, **kind)
        end_hour(service)
    assert [(entries, rest) for *_, entries, rest in told(service)] == [(2 * MOST_REFUSALS, None)] * len(kinds)


def test_an_hour_that_is_not_over_is_not_closed(service: Connection[Any]) -> None:
    refuse(service, MOST_REFUSALS + 1, standing_in_for="p-99")
    AuditStore(service).close_hours()
    assert told(service) == [("p-17", "close_table_case", 403, MOST_REFUSALS, None)]
    end_hour(service)
    end_hour(service)
    assert service.execute("SELECT standing_in_for, refusals FROM audit_log ORDER BY id DESC LIMIT 1").fetchone() == (
        "p-99",
        1,
    )
    assert service.execute("SELECT count(*) FROM audit_refusals").fetchone() == (0,)
