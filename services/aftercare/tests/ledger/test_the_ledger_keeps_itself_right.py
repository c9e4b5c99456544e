"""What the database refuses, whatever the service would do: each attempt is made with the service's own role."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.errors import CheckViolation, InsufficientPrivilege, UniqueViolation

from shared.testing.service import RunningService

YEAR = {"house": "elsewhere", "fund": "fund", "year": 2015}
ENTRY = """
INSERT INTO entries (entry_id, house, fund, year, kind, booked_on, booked_by, decision)
VALUES (%(entry_id)s, %(house)s, %(fund)s, %(year)s, 'budget', '2015-03-04', 'somebody', 'B-1')
"""
POSTING = "INSERT INTO postings (entry_id, account_id, amount) VALUES (%s, %s, %s)"
ACCOUNT = "INSERT INTO accounts (house, fund, year, kind, line) VALUES (%s, %s, %s, %s, %s) RETURNING account_id"
GRANT = """
INSERT INTO accounts (house, fund, year, kind, municipality) VALUES (%s, %s, %s, 'grant', 'Gouda') RETURNING account_id
"""
NOT_EMPTY = """
INSERT INTO accounts (house, fund, year, kind, line, balance) VALUES ('elsewhere', 'fund', 2015, 'available', 'new', 5)
"""
CLOSING = """
UPDATE fund_years SET closed_on = '2016-03-01', closed_by = 'somebody', decision = 'B-2' WHERE house = 'elsewhere'
"""


class Ledger:
    """Three accounts of a year, € 100 on the first of the line, as the service's role sees them."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection
        connection.execute("INSERT INTO fund_years (house, fund, year) VALUES (%(house)s, %(fund)s, %(year)s)", YEAR)
        self.grant = self._account(GRANT, *YEAR.values())
        self.unassigned = self._account(ACCOUNT, *YEAR.values(), "unassigned", None)
        self.line = self._account(ACCOUNT, *YEAR.values(), "available", "line")
        self.entry_id = self.booked((self.grant, -100), (self.unassigned, 100))
        self.booked((self.unassigned, -100), (self.line, 100))

    def booked(self, *postings: tuple[int, float]) -> UUID:
        """An entry that is committed, if the database takes it."""
        with self.connection.transaction():
            return self.begun(*postings)

    def begun(self, *postings: tuple[int, float]) -> UUID:
        entry_id = uuid4()
        self.connection.execute(ENTRY, YEAR | {"entry_id": entry_id})
        for account, amount in postings:
            self.connection.execute(POSTING, [entry_id, account, amount])
        return entry_id

    def balance(self, account: int) -> float:
        [(balance,)] = self.connection.execute("SELECT balance FROM accounts WHERE account_id = %s", [account])
        return float(balance)

    def _account(self, statement: str, *values: object) -> int:
        [(account,)] = self.connection.execute(statement.encode(), values)
        return int(account)


@pytest.fixture
def ledger(aftercare: RunningService) -> Iterator[Ledger]:
    with psycopg.connect(aftercare.database.url, autocommit=True) as connection:
        yield Ledger(connection)


def test_an_entry_that_balances_is_added_to_the_accounts(ledger: Ledger) -> None:
    ledger.booked((ledger.line, -30.01), (ledger.unassigned, 30.01))
    assert (ledger.balance(ledger.line), ledger.balance(ledger.unassigned)) == (69.99, 30.01)


def test_an_entry_that_does_not_balance_is_refused(ledger: Ledger) -> None:
    with pytest.raises(CheckViolation, match="an entry balances"):
        ledger.booked((ledger.line, -30), (ledger.unassigned, 29.99))
    with pytest.raises(CheckViolation, match="an entry balances"):
        ledger.booked()


def test_a_check_that_was_called_early_is_made_again(ledger: Ledger) -> None:
    with pytest.raises(CheckViolation, match="an entry balances"), ledger.connection.transaction():
        entry_id = ledger.begun((ledger.line, -30), (ledger.unassigned, 30))
        ledger.connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        ledger.connection.execute("SET CONSTRAINTS ALL DEFERRED")
        ledger.connection.execute(POSTING, [entry_id, ledger.grant, -5])


def test_no_account_gives_what_it_has_not(ledger: Ledger) -> None:
    with pytest.raises(CheckViolation, match="never_overdrawn"):
        ledger.booked((ledger.line, -100.01), (ledger.unassigned, 100.01))
    with pytest.raises(CheckViolation, match="never_overdrawn"):
        ledger.booked((ledger.grant, 100.01), (ledger.line, -100.01))
    assert ledger.balance(ledger.line) == 100


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET decision = 'another'",
        "UPDATE postings SET amount = amount * 2",
        "DELETE FROM postings",
        "DELETE FROM entries",
        "UPDATE accounts SET balance = balance + 1",
        "UPDATE accounts SET line = 'another' WHERE line IS NOT NULL",
        "DELETE FROM accounts",
        NOT_EMPTY,
    ],
)
def test_what_is_booked_stays(ledger: Ledger, statement: str) -> None:
    with pytest.raises(CheckViolation):
        ledger.connection.execute(statement.encode())


@pytest.mark.parametrize("statement", ["TRUNCATE postings", "ALTER TABLE postings DISABLE TRIGGER ALL"])
def test_the_service_may_not_take_the_rules_away(ledger: Ledger, statement: str) -> None:
    with pytest.raises(InsufficientPrivilege):
        ledger.connection.execute(statement.encode())


def test_nothing_is_added_to_an_entry_later(ledger: Ledger) -> None:
    with pytest.raises(CheckViolation, match="booked with its entry"):
        ledger.connection.execute(POSTING, [ledger.entry_id, ledger.line, 5])


def test_an_entry_is_of_one_year(ledger: Ledger) -> None:
    ledger.connection.execute("INSERT INTO fund_years (house, fund, year) VALUES ('elsewhere', 'fund', 2016)")
    [(other,)] = ledger.connection.execute(ACCOUNT, ["elsewhere", "fund", 2016, "available", "line"])
    with pytest.raises(CheckViolation, match="of its fund and year"):
        ledger.booked((ledger.line, -5), (other, 5))


def test_an_account_stands_there_once(ledger: Ledger) -> None:
    with pytest.raises(UniqueViolation):
        ledger.connection.execute(ACCOUNT, [*YEAR.values(), "available", "line"])


def test_a_closed_year_takes_no_entry_and_stays_closed(ledger: Ledger) -> None:
    ledger.connection.execute(CLOSING)
    with pytest.raises(CheckViolation, match="the year is closed"):
        ledger.booked((ledger.line, -5), (ledger.unassigned, 5))
    with pytest.raises(CheckViolation, match="the year is closed"):
        ledger.connection.execute("UPDATE fund_years SET closed_on = NULL, closed_by = NULL, decision = NULL")
