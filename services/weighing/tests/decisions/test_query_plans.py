"""What a briefing's decisions look at does not grow with what is stored."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import psycopg

from services.weighing.decisions import handlers
from services.weighing.decisions.messages import BriefingDecisionsQuery
from services.weighing.decisions.rules import Decision
from services.weighing.decisions.store import DecisionStore
from services.weighing.referrals.store import ReferralStore
from services.weighing.tests.briefing import HOUSE
from shared.postgres import Statements
from shared.sealed_texts import TextStore
from shared.testing.callers import token_caller
from shared.testing.databases import Databases
from shared.testing.keys import KEYS
from shared.testing.plans import indexes_of
from shared.testing.service import RunningService

BRIEFING_ON = date(2015, 3, 10)
TEAM = token_caller("team", HOUSE, {"weighing_team"})
DECISION = Decision(
    briefing_on=BRIEFING_ON,
    decision="no_follow_up",
    reason="informed",
    attendees=("nationale-politie", "openbaar-ministerie"),
    legal_ground="covenant",
)
TOGETHER, STORED = 30, 20_000
"""More is stored than PostgreSQL rather reads from end to end."""
FILL = """
    INSERT INTO referrals (referral_id, house, case_id, subject_id, kind, referrer, received_on, municipality,
                           sub_region, tabling, table_on)
    SELECT gen_random_uuid(), %s, gen_random_uuid(), gen_random_uuid(), 'arrest_notice', 'nationale-politie',
           '2015-03-05', 'Leiden', 'Holland Rijnland', 1, '2015-03-10'
    FROM generate_series(1, %s)
    RETURNING referral_id
    """
BRIEFINGS, PER_BRIEFING = 200, 100
DECIDED = """
    WITH weighed AS (
        INSERT INTO referrals (referral_id, house, case_id, subject_id, kind, referrer, received_on, municipality,
                               sub_region, tabling)
        SELECT gen_random_uuid(), %(house)s, gen_random_uuid(), gen_random_uuid(), 'arrest_notice', 'nationale-politie',
               '2010-03-05', 'Leiden', 'Holland Rijnland', 1
        FROM generate_series(1, %(number)s)
        RETURNING referral_id)
    INSERT INTO decisions (referral_id, tabling, house, briefing_on, decision, attendees, criteria, legal_ground,
                           information_used)
    SELECT referral_id, 1, %(house)s, %(on)s, 'bilateral', '{}', '{}', 'covenant', '{}' FROM weighed
    """
TOUCHED = "SELECT (seq_tup_read + idx_tup_fetch)::int FROM pg_stat_xact_user_tables WHERE relname = 'referrals'"


def touched(unit: Any) -> int:
    return int(unit.connection.execute(TOUCHED).fetchone()[0])


def decide(referral_ids: list[UUID], unit: Any) -> int:
    """Gives how many referrals it looked at."""
    before = touched(unit)
    handlers.decide_together(TEAM, BRIEFING_ON, dict.fromkeys(referral_ids, DECISION), unit)
    return touched(unit) - before


def test_a_briefing_looks_at_its_own_referrals_and_at_no_others(weighing: RunningService) -> None:
    with weighing.begin() as unit:
        stored = [row[0] for row in unit.connection.execute(FILL, (HOUSE, STORED)).fetchall()]
        calls = [stored[first : first + TOGETHER] for first in range(0, 12 * TOGETHER, TOGETHER)]
        assert max(decide(call, unit) for call in calls) < 5 * TOGETHER


def test_the_decisions_of_a_briefing_are_found_by_its_day(databases: Databases) -> None:
    with databases.migrated("weighing") as database:
        url = databases.cluster.url(urlsplit(database.url).path.lstrip("/"))
        with psycopg.connect(url) as connection:
            for weeks in range(BRIEFINGS):
                on = BRIEFING_ON - timedelta(weeks=weeks)
                connection.execute(DECIDED, {"house": HOUSE, "on": on, "number": PER_BRIEFING})
            connection.execute("ANALYZE")
            statements = Statements(connection)
            store = DecisionStore(statements, TextStore(statements, KEYS))
            query = BriefingDecisionsQuery(sub_region="Holland Rijnland")
            read = indexes_of(connection, lambda: store.decisions_of_briefing(HOUSE, BRIEFING_ON, query))
            assert read == {"decisions_by_briefing", "referrals_pkey"}


def test_a_briefings_referrals_are_found_by_their_ids_while_postgresql_has_not_counted_yet(
    databases: Databases,
) -> None:
    with databases.migrated("weighing") as database:
        url = databases.cluster.url(urlsplit(database.url).path.lstrip("/"))
        with psycopg.connect(url) as connection:
            stored = [row[0] for row in connection.execute(FILL, (HOUSE, STORED)).fetchall()]
            store = ReferralStore(Statements(connection))
            assert indexes_of(connection, lambda: store.referrals_to_weigh(HOUSE, stored[:TOGETHER])) == {
                "referrals_pkey"
            }
