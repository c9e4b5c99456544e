"""Which detentions are open, and which releases are to be seen, is noted right however release dates are told."""

from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import psycopg

from services.aftercare.tests.given import HOUSE
from shared.testing.databases import Databases

FIRST, DAYS = date(2015, 3, 3), 60
DETAINED = """
    INSERT INTO detentions (detention_id, house, case_id, subject_id, municipality, institution, detained_on,
                            own_aftercare, registered_on)
    SELECT gen_random_uuid(), %s, gen_random_uuid(), gen_random_uuid(), 'Gouda', 'pi_vught', %s, false, %s
    FROM generate_series(1, 100) RETURNING detention_id
    """
TELL = """
    INSERT INTO release_dates (house, detention_id, release_on, source, changed_on, told_at)
    VALUES (%s, %s, %s, 'detention_notice', %s, %s)
    """
SEE = """
    INSERT INTO releases (detention_id, released_on, house, prepared) VALUES (%s, %s, %s, 'plan') ON CONFLICT DO NOTHING
    """
PASSED_OVER = """
    SELECT count(*) FROM detentions
    CROSS JOIN generate_series(date '2015-03-03', date '2015-06-01', '1 day') AS days (day)
    LEFT JOIN LATERAL counting_release_date(detention_id, day::date) AS release ON true
    WHERE open_until < day AND (release_on IS NULL OR release_on >= day)
    """
NOTED_WRONG = """
    SELECT count(*) FROM detentions LEFT JOIN LATERAL counting_release_date(detention_id) AS release ON true
    WHERE (open_until = 'infinity') <> (release_on IS NULL)
       OR release_to_see IS DISTINCT FROM CASE WHEN NOT EXISTS (
            SELECT FROM releases
            WHERE releases.detention_id = detentions.detention_id AND released_on = release_on) THEN release_on END
    """
DONE_WITH = "SELECT count(*) > 0 FROM detentions WHERE open_until < '2015-06-01' AND release_to_see IS NULL"


def test_nobody_for_whom_something_may_be_due_is_passed_over(databases: Databases) -> None:
    random = Random(2015)
    with databases.migrated("aftercare") as database, psycopg.connect(database.url, autocommit=True) as connection:
        found = connection.execute(DETAINED, (HOUSE, FIRST, FIRST)).fetchall()
        known = [(id, FIRST + timedelta(days=DAYS)) for (id,) in found]
        for _ in range(4):
            told = [_told(random, random.choice(known)[0]) for _ in range(80)]
            known += [(row[1], row[2]) for row in told if row[2]]
            connection.cursor().executemany(TELL, told)
            connection.cursor().executemany(SEE, [(*random.choice(known), HOUSE) for _ in range(40)])
            assert connection.execute(PASSED_OVER).fetchone() == (0,)
            assert connection.execute(NOTED_WRONG).fetchone() == (0,)
        assert connection.execute(DONE_WITH).fetchone() == (True,)


def _told(random: Random, detention_id: UUID) -> tuple[Any, ...]:
    """One in five tells that no release date is known any more; what is told first may come last."""
    release_on, changed_on = (FIRST + timedelta(days=random.randrange(DAYS)) for _ in range(2))
    return HOUSE, detention_id, random.choice([release_on] * 4 + [None]), changed_on, changed_on
