"""What waits, and what partners see, is found by index, however many referrals are done."""

from datetime import date
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

from services.weighing.information_requests.store import InformationRequestStore
from services.weighing.involvement.store import InvolvementStore
from services.weighing.late_information.store import LateInformationStore
from services.weighing.tests.briefing import HOUSE
from services.weighing.work.store import WorkStore
from shared.postgres import Statements
from shared.testing.databases import Databases
from shared.testing.plans import scans_of

DONE, WAITING = 20_000, 200
FILL = """
    WITH stored AS (
        INSERT INTO referrals (referral_id, house, case_id, subject_id, kind, referrer, received_on, municipality,
                               sub_region, tabling, table_on)
        SELECT gen_random_uuid(), %(house)s, gen_random_uuid(), gen_random_uuid(), 'arrest_notice', 'nationale-politie',
               '2015-03-05', 'Leiden', 'Holland Rijnland', 1,
               CASE WHEN number <= %(waiting)s THEN date '2015-03-10' END
        FROM generate_series(1, %(waiting)s + %(done)s) AS number
        RETURNING referral_id, house)
    INSERT INTO information_requests (request_id, house, referral_id, partner, answer_by)
    SELECT gen_random_uuid(), house, referral_id, 'gemeente-leiden', '2015-03-09' FROM stored
    """
READ = """
    INSERT INTO late_information (information_id, house, referral_id, request_id, partner, told_on, ended_on)
    SELECT gen_random_uuid(), house, referral_id, request_id, partner, '2015-03-12', '2015-03-13'
    FROM information_requests
    """


def test_what_waits_is_found_without_reading_what_is_done(databases: Databases) -> None:
    with databases.migrated("weighing") as database:
        url = databases.cluster.url(urlsplit(database.url).path.lstrip("/"))
        with psycopg.connect(url) as connection:
            connection.execute(FILL, {"house": HOUSE, "waiting": WAITING, "done": DONE})
            connection.execute(READ)
            connection.execute("ANALYZE")
            store = WorkStore(Statements(connection))
            assert [briefing.waiting for briefing in store.briefings(HOUSE)] == [WAITING]
            assert len(store.unanswered(HOUSE, date(2015, 3, 10))) == WAITING
            involvement, of = InvolvementStore(Statements(connection)), (HOUSE, uuid4(), "gemeente-leiden", date.max)
            requests = InformationRequestStore(Statements(connection))
            late = LateInformationStore(Statements(connection))
            assert len(store.questions(HOUSE, "gemeente-leiden")) == WAITING
            reached = dict.fromkeys(("hear_questions", "hear_each_question", "hear_reminders"), ())
            for look in (
                lambda: store.briefings(HOUSE),
                lambda: store.unanswered(HOUSE, date(2015, 3, 10)),
                lambda: store.questions(HOUSE, "gemeente-leiden"),
                lambda: store.late_answers(HOUSE),
                lambda: late.hand_over(date.max),
                lambda: late.end_tabled(date.max),
                lambda: store.to_call(HOUSE, date(2015, 3, 9), **reached),
                lambda: involvement.referred(*of),
                lambda: involvement.asked(*of),
                lambda: requests.answered_about(HOUSE, [uuid4() for _ in range(30)]),
            ):
                read_whole = {scan.table for scan in scans_of(connection, look) if scan.kind == "Seq Scan"}
                assert read_whole <= {"decisions", "aliases"}, "which are empty here"
