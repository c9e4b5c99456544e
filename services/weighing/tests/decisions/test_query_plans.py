"""What a briefing's decisions look at does not grow with what is stored."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import psycopg

from services.weighing.decisions import handlers
from services.weighing.decisions.rules import Decision
from services.weighing.referrals.store import ReferralStore
from services.weighing.tests.briefing import HOUSE
from shared.postgres import Statements
from shared.testing.databases import Databases
from shared.testing.plans import indexes_of
from shared.testing.service import RunningService
from shared.web import Caller

BRIEFING_ON = date(2015, 3, 10)
TEAM = Caller.of_token_file("team", HOUSE, {"weighing_team"})
DECISION = Decision(
    briefing_on=BRIEFING_ON,
    decision="bilateral",
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
