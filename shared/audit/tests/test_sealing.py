"""Rows are sealed in the order of their transactions, and the check finds whatever was changed afterwards."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg import Connection

from shared.audit import sealing
from shared.audit.__main__ import main
from shared.audit.rules import Concerned, seal
from shared.audit.sealing import Check, Sealing
from shared.audit.store import AuditStore
from shared.audit.tests.deeds import DEED, write
from shared.testing.databases import Database

Command = Callable[..., tuple[int, str]]


@pytest.fixture
def sealed(service: Connection[Any]) -> Connection[Any]:
    """Three seals: over the rows 1 and 2, over 3, over 4."""
    for ids in (("1", "2"), ("3",), ("4",)):
        write(service, *ids)
        assert Sealing(service).step()
    return service


def findings(connection: Connection[Any], days: int = 1830, kept: str | None = None) -> list[str]:
    return list(Check(connection, days=days, kept=kept).findings())


def seals(connection: Connection[Any]) -> list[tuple[Any, ...]]:
    return connection.execute("SELECT number, rows FROM audit_seals ORDER BY number").fetchall()


def test_what_nobody_touched_is_as_it_was_written(sealed: Connection[Any]) -> None:
    write(sealed, "5")
    check = Check(sealed, days=1830)
    assert list(check.findings()) == []
    assert (check.rows, check.waiting, check.last and check.last.number) == (4, 1, 3)


def test_for_whom_somebody_stood_in_is_sealed_with_the_row_and_rows_without_it_stay_as_they_were(
    sealed: Connection[Any], owner: Connection[Any]
) -> None:
    deed = replace(DEED, standing_in_for="p-18")
    AuditStore(sealed).add(deed, [Concerned("table-cases", "5")], 201)
    assert Sealing(sealed).step()
    assert findings(sealed) == []
    owner.execute("UPDATE audit_log SET standing_in_for = NULL WHERE object_id = '5'")
    assert findings(sealed) == ["row 5 was changed after seal 4"]


def test_rows_are_sealed_once_and_nothing_is_sealed_twice(sealed: Connection[Any]) -> None:
    assert Sealing(sealed).step() is None
    assert seals(sealed) == [(1, [1, 2]), (2, [3]), (3, [4])]


def test_a_row_waits_for_every_transaction_that_was_running_when_it_was_written(
    audited: Database, service: Connection[Any]
) -> None:
    with psycopg.connect(audited.url) as slow:
        write(slow, "slow")
        write(service, "quick")
        assert Sealing(service).step() is None
        slow.commit()
    assert Sealing(service).step()
    assert seals(service) == [(1, [1, 2])]
    assert findings(service) == []


def test_a_seal_holds_whole_transactions(service: Connection[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "MOST_ROWS", 2)
    for ids in (("1",), ("2", "3", "4"), ("5",)):
        write(service, *ids)
    while Sealing(service).step():
        pass
    assert seals(service) == [(1, [1, 2, 3, 4]), (2, [5])]


COLUMNS = (
    "at = at + interval '1 microsecond'",
    "transaction = transaction + 1",
    "action = 'x'",
    "operation = 'x'",
    "object_kind = 'x'",
    "object_id = 'x'",
    "case_id = NULL",
    "status = 403",
    "actor = 'x'",
    "actor_name = 'x'",
    "organisation = 'x'",
    "origin = 'x'",
    "house = 'x'",
    "correlation_id = gen_random_uuid()",
    "standing_in_for = 'x'",
    "theme_roles = '{x}'",
    "refusals = 5",
)


def test_every_column_of_a_row_is_sealed(owner: Connection[Any]) -> None:
    columns = owner.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = 'audit_log' AND column_name <> 'id'"
    ).fetchall()
    assert {change.partition(" ")[0] for change in COLUMNS} == {name for (name,) in columns}


@pytest.mark.parametrize("change", COLUMNS)
def test_a_changed_row_is_found(sealed: Connection[Any], owner: Connection[Any], change: LiteralString) -> None:
    owner.execute("UPDATE audit_log SET " + change + " WHERE id = 2")
    assert findings(sealed) == ["row 2 was changed after seal 1"]


TAMPERING: dict[str, tuple[LiteralString, list[str]]] = {
    "a missing row": ("DELETE FROM audit_log WHERE id = 3", ["row 3 is missing: seal 2 holds it"]),
    "an inserted row": (
        "INSERT INTO audit_log OVERRIDING SYSTEM VALUE SELECT 9, at, transaction, action, operation, object_kind,"
        " object_id, case_id, status, actor, actor_name, organisation, origin, house, correlation_id"
        " FROM audit_log WHERE id = 3",
        ["row 9 was inserted later"],
    ),
    "a changed seal": (
        "UPDATE audit_seals SET digests = ARRAY[digests[2], digests[1]] WHERE number = 1",
        [
            "seal 1 was changed",
            "row 1 was changed after seal 1",
            "row 2 was changed after seal 1",
        ],
    ),
    "a later seal": (
        "UPDATE audit_seals SET sealed_at = sealed_at + interval '1 s' WHERE number = 2",
        ["seal 2 was changed"],
    ),
    "a seal with another hash": (
        "UPDATE audit_seals SET hash = sha256('') WHERE number = 2",
        ["seal 2 was changed", "seal 3 does not follow seal 2: one of them was written anew"],
    ),
    "a missing seal": (
        "DELETE FROM audit_seals WHERE number = 2",
        ["seal 2 is missing", "row 3 was inserted later"],
    ),
}


@pytest.mark.parametrize("kind", TAMPERING)
def test_tampering_is_found(sealed: Connection[Any], owner: Connection[Any], kind: str) -> None:
    change, expected = TAMPERING[kind]
    owner.execute(change)
    assert findings(sealed) == expected


def test_a_chain_that_was_written_anew_does_not_hold_the_seal_that_was_kept(
    sealed: Connection[Any], owner: Connection[Any]
) -> None:
    check = Check(sealed, days=1830)
    assert list(check.findings()) == []
    kept = str(check.last)
    write(sealed, "5")
    Sealing(sealed).step()
    assert findings(sealed, kept=kept) == []
    owner.execute("DELETE FROM audit_log WHERE id = 2")
    owner.execute("DELETE FROM audit_seals")
    while Sealing(owner).step():
        pass
    assert findings(sealed) == []
    assert findings(sealed, kept=kept) == [
        f"seal {kept} is not in the chain: the seal was written anew, or the chain was cut off"
    ]


def test_seals_prove_what_remains_after_old_rows_are_gone(sealed: Connection[Any], owner: Connection[Any]) -> None:
    """As if the first row had been written 400 days ago, and sealed then."""
    owner.execute("DELETE FROM audit_seals")
    owner.execute("UPDATE audit_log SET at = at - interval '400 days' WHERE id < 3")
    while Sealing(owner).step():
        pass
    write(sealed, "5")
    Sealing(sealed).step()
    sealed.execute("SELECT delete_audited(399, 100)")
    assert findings(sealed, days=401) == ["row 1 is missing: seal 1 holds it", "row 2 is missing: seal 1 holds it"]
    assert findings(sealed, days=399) == []
    owner.execute("DELETE FROM audit_log WHERE id = 5")
    assert findings(sealed, days=399) == ["row 5 is missing: seal 2 holds it"]


def test_the_chain_goes_on_after_a_restore_into_another_cluster(
    sealed: Connection[Any], owner: Connection[Any]
) -> None:
    """There the numbers of transactions begin anew: what was restored has higher ones than what is written next."""
    write(sealed, "5")
    shift = "UPDATE audit_log SET transaction = transaction + 1000000"
    owner.execute("DELETE FROM audit_seals")
    owner.execute(shift + " WHERE id < 5")
    add_seal_of_before(owner)
    owner.execute(shift + " WHERE id = 5")
    write(sealed, "6")
    assert Sealing(sealed).step()
    assert seals(sealed) == [(1, [1, 2, 3, 4]), (2, [6, 5])]
    assert findings(sealed) == []
    write(sealed, "7")
    assert Sealing(sealed).step()
    assert seals(sealed)[2:] == [(3, [7])]
    assert findings(sealed) == []


def add_seal_of_before(owner: Connection[Any]) -> None:
    store = AuditStore(owner)
    rows = store.rows_between(1_000_000, 2**40)
    store.add_seal(seal(rows, None, rows[-1]["transaction"] + 1, store.transactions().at))


@pytest.fixture
def command(audited: Database, capsys: pytest.CaptureFixture[str]) -> Command:
    def run(*arguments: str) -> tuple[int, str]:
        status = main(arguments, {"DATABASE_URL": audited.url})
        said = capsys.readouterr()
        return status, said.out + said.err

    return run


def test_the_command_seals_checks_and_prints_the_last_seal(
    command: Command, service: Connection[Any], owner: Connection[Any]
) -> None:
    assert command("check", "intake") == (
        0,
        "intake: 0 rows are as they were written; 0 wait for a seal; there is no seal\n",
    )
    write(service, "1")
    assert command("seal", "intake") == (0, "intake: 1 seals added\n")
    status, said = command("check", "intake")
    [(hash,)] = service.execute("SELECT encode(hash, 'hex') FROM audit_seals").fetchall()
    assert (status, said) == (
        0,
        f"intake: 1 rows are as they were written; 0 wait for a seal; the last seal is 1:{hash}\n",
    )
    assert command("check", "intake", "--kept", f"1:{hash}")[0] == 0
    assert command("check", "intake", "--kept", f"2:{hash}")[0] == 2
    owner.execute("UPDATE audit_log SET actor = 'p-18'")
    status, said = command("check", "intake")
    assert status == 2
    assert said.startswith("intake: row 1 was changed after seal 1\nintake: 1 things were changed;")


def test_the_command_says_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "intake"], {}) == 1
    assert "DATABASE_URL is missing" in capsys.readouterr().err


def steps(service: Connection[Any]) -> list[str]:
    """What a whole pass of the check in steps finds."""
    found: list[str] = []
    while True:
        findings, checked = Check(service, days=1830).step()
        found += findings
        if not checked.seal:
            assert checked.found == len(found)
            return found


def test_a_check_in_steps_goes_on_where_it_was_and_begins_anew_at_the_end(
    sealed: Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "MOST_ROWS", 1)
    reached = [Check(sealed, days=1830).step()[1].seal for _ in range(5)]
    assert reached == [1, 2, 3, 0, 1]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE audit_log SET actor = 'x' WHERE id = 3", ["row 3 was changed after seal 2"]),
        ("DELETE FROM audit_log WHERE id = 2", ["row 2 is missing: seal 1 holds it"]),
        ("DELETE FROM audit_seals WHERE number = 2", ["seal 2 is missing"]),
        (
            "INSERT INTO audit_log (transaction, action, operation, object_kind, object_id, status, actor, actor_name,"
            " organisation, origin, house, correlation_id) SELECT transaction, action, operation, object_kind, 'x',"
            " status, actor, actor_name, organisation, origin, house, correlation_id FROM audit_log WHERE id = 3",
            ["row 5 was inserted later"],
        ),
    ],
    ids=["a row changed", "a row deleted", "a seal deleted", "a row inserted"],
)
def test_a_check_in_steps_finds_what_a_whole_check_finds_and_finds_it_again(
    sealed: Connection[Any], owner: Connection[Any], monkeypatch: pytest.MonkeyPatch, change: str, found: list[str]
) -> None:
    monkeypatch.setattr(sealing, "MOST_ROWS", 1)
    assert steps(sealed) == []
    owner.execute(change.encode())
    whole = findings(sealed)
    assert steps(sealed) == steps(sealed) == whole
    assert set(found) <= set(whole)


def test_a_chain_that_is_cut_off_behind_the_check_is_noticed(sealed: Connection[Any], owner: Connection[Any]) -> None:
    Check(sealed, days=1830).step()
    owner.execute("DELETE FROM audit_seals WHERE number = 3")
    owner.execute("DELETE FROM audit_log WHERE id = 4")
    found, checked = Check(sealed, days=1830).step()
    assert (found, checked.found) == (["seal 3 is missing: it was there a moment ago"], 1)
