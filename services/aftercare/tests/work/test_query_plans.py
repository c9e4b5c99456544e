"""What waits for the people who see to releases is found by index, however many detentions are over."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import psycopg

from services.aftercare.preparations.rules import Level
from services.aftercare.preparations.store import PreparationStore
from services.aftercare.releases.store import ReleaseStore
from services.aftercare.tests.given import HOUSE
from services.aftercare.work.store import WorkStore
from shared.business_dates import today
from shared.postgres import Statements
from shared.sealed_texts import TextStore
from shared.testing.databases import Databases
from shared.testing.keys import KEYS
from shared.testing.plans import scans_of

OVER, WAITING = 10_000, 200
FILL = """
    WITH numbered AS (SELECT gen_random_uuid() AS id, number FROM generate_series(1, %(waiting)s + %(over)s) AS number
    ), stored AS (
        INSERT INTO detentions (detention_id, house, case_id, subject_id, municipality, institution, detained_on,
                                own_aftercare, registered_on)
        SELECT id, %(house)s, gen_random_uuid(), gen_random_uuid(), 'Gouda', 'pi_vught', '2015-03-02', false,
               '2015-03-03'
        FROM numbered
    ), told AS (
        INSERT INTO release_dates (house, detention_id, release_on, source, changed_on)
        SELECT %(house)s, id, CASE WHEN number <= %(waiting)s THEN %(soon)s::date ELSE date '2015-07-01' END,
               'detention_notice', '2015-03-03'
        FROM numbered
    ), raised AS (
        INSERT INTO overdue_preparations (detention_id, preparation, level, house, due_on, standing)
        SELECT id, 'conversation', level, %(house)s, '2015-05-20', number <= %(waiting)s
        FROM numbered, unnest(ARRAY['aftercare_coordinator', 'process_director']) AS level
    ), asked AS (
        INSERT INTO conversations (conversation_id, house, detention_id, provider, asked_on)
        SELECT gen_random_uuid(), %(house)s, id, 'exodus', '2015-05-06' FROM numbered WHERE number <= %(waiting)s
    ), held AS (
        INSERT INTO conversations (conversation_id, house, detention_id, provider, held_on, needs, offered, outcome)
        SELECT gen_random_uuid(), %(house)s, id, 'exodus', '2015-05-12', '{}', false, 'no need'
        FROM numbered WHERE number > %(waiting)s
    ), given AS (
        INSERT INTO trajectories (trajectory_id, house, case_id, municipality, provider, kind, starts_on, ended_on,
                                  result)
        SELECT gen_random_uuid(), %(house)s, id, 'Gouda', 'exodus', 'guidance', '2015-05-06',
               CASE WHEN number > %(waiting)s THEN date '2015-06-06' END,
               CASE WHEN number > %(waiting)s THEN 'completed' END
        FROM numbered)
    INSERT INTO releases (detention_id, released_on, house, prepared)
    SELECT id, '2015-07-01', %(house)s, CASE number %% 50 WHEN 0 THEN 'nothing' ELSE 'plan' END
    FROM numbered WHERE number > %(waiting)s
    """


def test_what_waits_is_found_without_reading_what_is_over(databases: Databases) -> None:
    on = today()
    with databases.migrated("aftercare") as database:
        url = databases.cluster.url(urlsplit(database.url).path.lstrip("/"))
        with psycopg.connect(url) as connection:
            soon = on + timedelta(days=14)
            connection.execute(FILL, {"house": HOUSE, "waiting": WAITING, "over": OVER, "soon": soon})
            connection.execute("ANALYZE")
            work, statements = WorkStore(Statements(connection)), Statements(connection)
            waiting, unprepared = work.preparations(HOUSE, [*Level]), work.unprepared(HOUSE)
            assert len(waiting) == len(unprepared) == WAITING
            assert len(work.assignments(HOUSE, ["exodus"], on)) == 2 * WAITING
            preparations, releases = PreparationStore(statements), ReleaseStore(statements, TextStore(statements, KEYS))
            assert len(preparations.situations(HOUSE, on, 42)) == WAITING
            assert len(releases.releases_to_see(HOUSE, on + timedelta(days=15))) == WAITING
            looks: dict[str, list[Callable[[], object]]] = {
                "overdue_preparations": [lambda: work.preparations(HOUSE, [*Level])],
                "releases": [lambda: work.unprepared(HOUSE)],
                "conversations": [lambda: work.assignments(HOUSE, ["exodus"], on)],
                "trajectories": [lambda: work.assignments(HOUSE, ["exodus"], on)],
                "detentions": [
                    lambda: preparations.situations_of(HOUSE, on, 42, waiting[:20]),
                    lambda: preparations.situations(HOUSE, on, 42),
                    lambda: releases.releases_to_see(HOUSE, on + timedelta(days=15)),
                ],
            }
            for table, look in ((table, look) for table, of_table in looks.items() for look in of_table):
                assert (table, "Seq Scan") not in {(scan.table, scan.kind) for scan in scans_of(connection, look)}
            assert len(releases.standing_breaches(HOUSE, unprepared)) == len(unprepared)
            connection.rollback()  # a commit would check each detention for its notice
