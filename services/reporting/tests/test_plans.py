"""What the reports read of a full store: a year of a house, by index, and never a table from end to end."""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import Connection

from services.reporting.counting.rules import Period
from services.reporting.counting.store import MomentStore
from services.reporting.factsheets.store import FactsheetStore
from services.reporting.tests.events import HOUSE
from services.reporting.tests.reports import Reports
from services.reporting.tests.stored_cases import store_cases
from services.reporting.weighing_figures.store import WeighingStore
from shared.testing.databases import Databases
from shared.testing.plans import Scan, scans_of

HOUSES = [HOUSE, *(f"house-{number}" for number in range(1, 33))]
YEARS = range(2010, 2016)
SEQUENTIAL = "Seq Scan"
READ_BY_REPORTS = {
    "tabling",
    "referral",
    "table_case",
    "session",
    "action_plan",
    "referred_again",
    "answered_moment",
    "detention",
    "aftercare_plan_of_day",
    "aliases",
}


@pytest.fixture(scope="module")
def full_store(databases: Databases) -> Iterator[Connection]:
    """50,000 referrals of 33 houses, as the superuser sees them, in a database as autovacuum leaves it."""
    with databases.migrated("reporting") as database:
        url = databases.cluster.url(urlsplit(database.url).path.lstrip("/"))
        with psycopg.connect(url, autocommit=True, prepare_threshold=0) as connection:
            store_cases(connection, HOUSES, YEARS, referrals=250, municipalities=["Gouda", "Leiden", "Katwijk"])
            connection.execute("VACUUM ANALYZE")
            yield connection


@pytest.fixture(params=["force_custom_plan", "force_generic_plan"])
def connection(full_store: Connection, request: pytest.FixtureRequest) -> Connection:
    """Plans are made for the year that is asked for, or, as a connection grows old, for any year."""
    full_store.execute(f"SET plan_cache_mode = {request.param}")
    return full_store


def scans_of_report(connection: Connection, year: int) -> list[Scan]:
    return scans_of(connection, lambda: Reports(connection).report(year))


@pytest.mark.parametrize("year", [YEARS[0], YEARS[-1]])
def test_a_management_report_reads_no_table_from_end_to_end(connection: Connection, year: int) -> None:
    scans = scans_of_report(connection, year)
    assert {scan.table for scan in scans} == READ_BY_REPORTS
    assert [scan for scan in scans if scan.kind == SEQUENTIAL] == []


@pytest.mark.parametrize("year", [YEARS[0], YEARS[-1]])
def test_a_factsheet_reads_no_table_from_end_to_end(connection: Connection, year: int) -> None:
    scans = scans_of(connection, lambda: Reports(connection).factsheet("Gouda", year))
    assert {scan.table for scan in scans} == {"tabling", "table_case", "aliases"}
    assert [scan for scan in scans if scan.kind == SEQUENTIAL] == []


def test_the_decisions_on_factsheets_are_those_of_the_report(full_store: Connection) -> None:
    year, weighing = Period.of_year(2015), WeighingStore(full_store)
    tabled = FactsheetStore(full_store).tabled(HOUSE, year)
    decisions = Counter(tabling.decision for tabling in tabled if tabling.decision)
    assert decisions == Counter(referral.decision for referral in weighing.weighed_referrals(HOUSE, year))
    assert sum(tabling.count for tabling in weighing.tablings(HOUSE, year)) > decisions.total() > 200


def test_tablings_and_registrations_are_read_from_their_indexes_alone(connection: Connection) -> None:
    kinds = {scan.kind for scan in scans_of_report(connection, 2015) if scan.table in ("tabling", "referral")}
    assert kinds == {"Index Only Scan"}


@pytest.mark.parametrize(("index", "table"), [("tabling_by_briefing", "tabling"), ("session_by_day", "session")])
def test_without_its_index_a_table_would_be_read_from_end_to_end(
    connection: Connection, index: str, table: str
) -> None:
    with connection.transaction(force_rollback=True):
        MomentStore(connection).read_one_moment()  # which comes before all else
        connection.execute(f"DROP INDEX {index}")
        scans = scans_of_report(connection, 2015)
    assert Scan(SEQUENTIAL, table) in scans
