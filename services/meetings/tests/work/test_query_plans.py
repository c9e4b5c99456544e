"""What waits is found by index, however many table cases are closed."""

from datetime import date
from urllib.parse import urlsplit

import psycopg

from services.meetings.late_information.store import LateInformationStore
from services.meetings.tests.conftest import HOUSE
from services.meetings.work.store import WorkStore
from shared.postgres import Statements
from shared.testing.databases import Databases
from shared.testing.plans import indexes_of, scans_of

CLOSED, RUNNING = 20_000, 200
FILL = """
    WITH cases AS (
        INSERT INTO table_cases (table_case_id, house, case_id, subject_id, referral_id, at_table, municipality,
                                 sub_region, opened_on, closed_on)
        SELECT gen_random_uuid(), %(house)s, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'focus', 'Leiden',
               'Holland Rijnland', '2015-03-10', CASE WHEN number > %(running)s THEN date '2015-04-10' END
        FROM generate_series(1, %(running)s + %(closed)s) AS number
        RETURNING table_case_id, house
    ), plans AS (
        INSERT INTO action_plans (action_plan_id, house, table_case_id, agreed_on, case_holder)
        SELECT gen_random_uuid(), house, table_case_id, '2015-03-17', 'halt' FROM cases
        RETURNING action_plan_id, house, table_case_id
    ), agreed AS (
        INSERT INTO agreements (action_plan_id, place, owner_partner, what, due_on)
        SELECT action_plan_id, 1, 'halt', 'call weekly', '2015-06-17' FROM plans)
    INSERT INTO monitoring_moments (house, table_case_id, action_plan_id, code, due_on)
    SELECT house, table_case_id, action_plan_id, code, '2015-06-17'
    FROM plans, unnest(ARRAY['month_3', 'month_6']) AS code
    """
TOLD = """
    INSERT INTO late_information (information_id, house, table_case_id, referral_id, partner, told_on, request_id,
                                  told_by, seen_on, seen_by)
    SELECT gen_random_uuid(), house, table_case_id, referral_id, 'halt', '2015-03-17', gen_random_uuid(),
           CASE WHEN number > 10000 THEN gen_random_uuid() END, CASE WHEN number > 10050 THEN date '2015-03-18' END,
           CASE WHEN number > 10050 THEN 'A. Jansen' END
    FROM (SELECT *, row_number() OVER (ORDER BY closed_on) AS number FROM table_cases) AS numbered
    """
TODAY = date(2015, 9, 17)


def test_what_waits_is_found_without_reading_what_is_closed(databases: Databases) -> None:
    with databases.migrated("meetings") as database:
        url = databases.cluster.url(urlsplit(database.url).path.lstrip("/"))
        with psycopg.connect(url) as connection:
            connection.execute(FILL, {"house": HOUSE, "running": RUNNING, "closed": CLOSED})
            connection.execute("ANALYZE")
            store = WorkStore(Statements(connection))
            assert len(store.without_session(HOUSE)) == RUNNING
            assert len(store.moments_due(HOUSE, TODAY)) == 2 * RUNNING
            assert len(store.moments_due(HOUSE, TODAY, "halt")) == 2 * RUNNING
            for look in (
                lambda: store.without_session(HOUSE),
                lambda: store.moments_due(HOUSE, TODAY),
                lambda: store.moments_due(HOUSE, TODAY, "halt"),
                lambda: store.agreements(HOUSE, "halt"),
            ):
                scans = scans_of(connection, look)
                assert [scan for scan in scans if scan.kind == "Seq Scan" and "session" not in scan.table] == []


def test_what_nobody_had_read_is_found_without_what_was_read_or_came_before_it_was_given_back(
    databases: Databases,
) -> None:
    with databases.migrated("meetings") as database:
        url = databases.cluster.url(urlsplit(database.url).path.lstrip("/"))
        with psycopg.connect(url) as connection:
            connection.execute(FILL, {"house": HOUSE, "running": RUNNING, "closed": CLOSED})
            connection.execute(TOLD)
            connection.execute("ANALYZE")
            late = LateInformationStore(Statements(connection))
            assert "late_information_to_return" in indexes_of(connection, lambda: late.return_closed(TODAY))
            connection.rollback()
