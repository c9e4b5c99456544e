"""The role of a service adds to its audit log and reads it; it changes nothing, and dates nothing back."""

from typing import Any

import psycopg
import pytest
from psycopg import Connection, errors

from shared.audit.sealing import Sealing
from shared.audit.store import AuditStore
from shared.audit.tests.deeds import write


@pytest.mark.parametrize("table", ["audit_log", "audit_seals"])
@pytest.mark.parametrize("change", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_a_service_changes_no_entry_and_no_seal(service: Connection[Any], table: str, change: str) -> None:
    write(service, "1")
    Sealing(service).step()
    column = {"audit_log": "actor", "audit_seals": "hash"}[table]
    with pytest.raises(errors.InsufficientPrivilege):
        service.execute(change.format(table, column, column).encode())
    assert service.execute("SELECT actor FROM audit_log").fetchall() == [("p-17",)]
    assert service.execute("SELECT count(*) FROM audit_seals").fetchone() == (1,)


@pytest.mark.parametrize("column", ["id", "at", "transaction"])
def test_a_service_gives_an_entry_no_number_and_no_other_moment(service: Connection[Any], column: str) -> None:
    write(service, "1")
    with pytest.raises(psycopg.Error) as refused:
        service.execute(f"INSERT INTO audit_log ({column}) SELECT {column} FROM audit_log".encode())
    assert isinstance(refused.value, errors.InsufficientPrivilege | errors.GeneratedAlways)


def test_an_old_entry_goes_after_its_time_and_none_before_a_year(
    service: Connection[Any], owner: Connection[Any]
) -> None:
    for id, days in (("old", 400), ("younger", 364), ("new", 0)):
        write(service, id)
        owner.execute("UPDATE audit_log SET at = at - make_interval(days => %s) WHERE object_id = %s", [days, id])
    store = AuditStore(service)
    for days, left in ((401, ["old", "younger", "new"]), (399, ["younger", "new"]), (0, ["younger", "new"])):
        store.delete_old(days=days, limit=100)
        assert service.execute("SELECT object_id FROM audit_log ORDER BY id").fetchall() == [(id,) for id in left]
