"""Years of many houses, put in the projections at once."""

from collections.abc import Sequence
from typing import Any

from psycopg import Connection

FILL = """
WITH drawn AS (
    SELECT house, n, make_date(year, 1, 1) + n * 350 / %(referrals)s AS received_on,
           md5(concat_ws('/', house, year, n))::uuid AS id,
           md5(concat_ws('/', house, year, 'subject', n * 7 / 10))::uuid AS subject_id,
           (%(municipalities)s::text[])[1 + n %% cardinality(%(municipalities)s::text[])] AS municipality,
           (ARRAY['bilateral', 'no_follow_up', 'bilateral', 'focus', 'no_follow_up', 'bilateral', 'no_follow_up',
                  'aftercare'])[1 + n %% 8] AS decision
    FROM unnest(%(houses)s::text[]) AS house, generate_series(%(first_year)s::int, %(last_year)s::int) AS year,
         generate_series(1, %(referrals)s::int) AS n
    ORDER BY received_on, house
), told AS (
    SELECT *, 'region' AS sub_region, received_on + 10 AS on_day, decision = 'focus' AS focus, n %% 4 = 0 AS detained,
           received_on + 40 + 13 * n %% 400 AS closed_on, make_date(%(last_year)s, 12, 31) AS today
    FROM drawn
), referrals AS (
    INSERT INTO referral (referral_id, house, subject_id, kind, referrer, received_on, municipality, sub_region, sex,
                          age_class)
    SELECT id, house, subject_id, 'arrest_notice', 'nationale-politie', received_on, municipality, sub_region, 'man',
           '23_and_over'
    FROM told
), tablings AS (
    INSERT INTO tabling (referral_id, tabling, house, subject_id, referrer, municipality, sub_region, briefing_on,
                         decision, reason)
    SELECT id, time, house, subject_id, 'nationale-politie', municipality, sub_region, on_day + (time - 1) * 14,
           decision, CASE WHEN decision = 'no_follow_up' THEN 'deferred' END
    FROM told, generate_series(1, CASE WHEN n %% 5 = 0 THEN 2 ELSE 1 END) AS time
), table_cases AS (
    INSERT INTO table_case (table_case_id, house, at_table, subject_id, municipality, sub_region, opened_on, closed_on,
                            outcome)
    SELECT id, house, decision, subject_id, municipality, sub_region, on_day,
           CASE WHEN closed_on <= today THEN closed_on END,
           CASE WHEN closed_on <= today AND focus THEN jsonb_build_object(
               'procedure_departed_from_or_breakthrough', n %% 3 = 0, 'all_parties_cooperate', n %% 5 < 3,
               'progress_made', n %% 7 < 5, 'case_made_manageable', n %% 2 = 0, 'case_holder_can_go_on', n %% 9 < 7) END
    FROM told WHERE decision IN ('focus', 'aftercare')
), again AS (
    INSERT INTO referred_again (table_case_id, referral_id, house, at_table, referred_on)
    SELECT id, id, house, 'focus', on_day FROM told WHERE n %% 20 = 0
), sessions AS (
    INSERT INTO session (session_id, house, at_table, sub_region, held_on, cases)
    SELECT id, house, 'focus', sub_region, on_day, 3 FROM told WHERE n %% 15 = 0
), plans AS (
    INSERT INTO action_plan (event_id, table_case_id, house, at_table, agreed_on, agreements)
    SELECT id, id, house, 'focus', on_day, 4 FROM told WHERE focus
), answers AS (
    INSERT INTO answered_moment (table_case_id, moment, due_on, house, answered_on, plan_stands)
    SELECT id, moment, on_day + days, house, on_day + days, true
    FROM told, (VALUES ('week_1', 7), ('month_1', 30), ('month_3', 91), ('month_6', 182)) AS each (moment, days)
    WHERE focus
), links AS (
    INSERT INTO aliases (merge_id, house, id, alias, merged_on)
    SELECT id, house, subject_id, md5(id::text)::uuid, on_day FROM told WHERE n %% 100 = 0
), detentions AS (
    INSERT INTO detention (detention_id, house, municipality, registered_on, own_aftercare, weighed,
                           expected_release_on)
    SELECT id, house, municipality, received_on, false, true, received_on + 100 FROM told WHERE n %% 2 = 0
)
INSERT INTO aftercare_plan_of_day (detention_id, house, municipality, made_on, domains)
SELECT id, house, municipality, on_day,
       '[{"domain": "housing", "bottleneck": "yes", "referred": true},
         {"domain": "debts", "bottleneck": "no", "referred": false}]'
FROM told WHERE detained
"""


def store_cases(
    connection: Connection[Any], houses: Sequence[str], years: range, *, referrals: int, municipalities: Sequence[str]
) -> None:
    """So many referrals in each year of each house, and what follows from them, in the order in which it happened."""
    connection.execute(
        FILL,
        {
            "houses": list(houses),
            "first_year": years[0],
            "last_year": years[-1],
            "referrals": referrals,
            "municipalities": list(municipalities),
        },
    )
