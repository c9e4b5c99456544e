"""Puts what a world's stores hold into real databases, with something in each column that the oracle doesn't read."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from tests.fault.oracle.ledger import MOVES
from tests.fault.oracle.rows import Entry
from tests.fault.oracle.stores import Stores, Urls

NOBODY = "'00000000-0000-0000-0000-000000000000'"
PARKED = """
INSERT INTO parked (id, queue, sender, message_id, kind, problems, body) OVERRIDING SYSTEM VALUE
VALUES (%(id)s, %(queue)s, %(sender)s, %(message_id)s, %(kind)s, '[]', '')
"""
LINK = """
INSERT INTO aliases (merge_id, house, id, alias, merged_on, separated_on)
VALUES (%(merge_id)s, %(house)s, %(subject_id)s, %(other_id)s, %(day)s, CASE WHEN NOT %(in_force)s THEN %(day)s END)
"""
SUSPECT = "INSERT INTO suspects (case_id, house, listed_on) VALUES (%(of)s, %(house)s, %(day)s)"
REGISTERED = """
WITH subject AS (
    INSERT INTO subjects (subject_id, case_id, house, kind, data_key, details, registered_at)
    VALUES (%(subject_id)s, %(case_id)s, %(house)s, 'person', '', '', %(time)s)
    ON CONFLICT DO NOTHING)
INSERT INTO referrals (referral_id, subject_id, house, kind, referrer, message_id, received_on,
                       municipality, sub_region, sex, age_class, sealed, weighed, particulars)
VALUES (%(referral_id)s, %(subject_id)s, %(house)s, %(kind)s, %(referrer)s, %(message_id)s, %(day)s,
        %(municipality)s, '-', 'man', 'unknown', false, %(weighed)s, '')
"""
ROWS: Mapping[str, Mapping[str, str]] = {
    "intake": {
        "links": LINK,
        "referrals": REGISTERED,
        "calls": REGISTERED,
        "open_briefings": f"""
            INSERT INTO openings (house, case_id, purpose, opened_by) VALUES (%(house)s, {NOBODY}, 'briefing', %(of)s)
            """,
        "suspects": "INSERT INTO listed_suspects (subject_id, listed_on) VALUES (%(of)s, %(day)s)",
        "told": """
            INSERT INTO feedback (feedback_id, house, referral_id, owed_since, due_on, decision, correction,
                                  back_on_agenda, outcome, told_on)
            VALUES (gen_random_uuid(), %(house)s, %(referral_id)s, %(day)s, %(day)s, %(decision)s, false,
                    false, %(outcome)s, %(day)s)
            """,
        "requests": """
            INSERT INTO information_requests (request_id, house, referral_id, partner, answer_by, answered_on)
            VALUES (%(request_id)s, %(house)s, %(referral_id)s, %(partner)s, %(day)s,
                    CASE WHEN %(answered)s THEN %(day)s END)
            """,
        "disclosures": f"""
            INSERT INTO disclosures (house, subject_id, disclosed_to, purpose, correlation_id, disclosed_at)
            VALUES (%(house)s, %(subject_id)s, %(disclosed_to)s, 'information_request', {NOBODY}, %(time)s)
            """,
    },
    "weighing": {
        "links": LINK,
        "referrals": f"""
            INSERT INTO referrals (referral_id, house, case_id, subject_id, kind, referrer, received_on, municipality,
                                   sub_region, tabling)
            VALUES (%(referral_id)s, %(house)s, {NOBODY}, %(subject_id)s, %(kind)s, %(referrer)s, %(day)s,
                    %(municipality)s, '-', 1)
            """,
        "requests": """
            INSERT INTO information_requests (request_id, house, referral_id, partner, answer_by, answered_on, involved)
            VALUES (%(request_id)s, %(house)s, %(referral_id)s, %(partner)s, %(day)s,
                    CASE WHEN %(answered)s THEN %(day)s END, CASE WHEN %(answered)s THEN '{}'::text[] END)
            """,
        "on_agenda": "UPDATE referrals SET table_on = %(day)s WHERE referral_id = %(of)s",
        "suspects": SUSPECT,
        "decisions": """
            INSERT INTO decisions (referral_id, tabling, house, briefing_on, decision, attendees, criteria,
                                   legal_ground, information_used, opens_table)
            VALUES (%(referral_id)s, %(tabling)s, %(house)s, %(day)s - %(tabling)s::integer, %(decision)s, '{}', '{}',
                    '-', '{}', %(opens_table)s)
            """,
        "taken_back": """
            INSERT INTO decisions_taken_back (referral_id, tabling, taken_back_at, taken_back_by, withdrawn, because,
                                              decision)
            VALUES (%(referral_id)s, %(tabling)s, %(time)s, '-', false, '-',
                    jsonb_build_object('decision', %(decision)s::text))
            """,
    },
    "meetings": {
        "suspects": SUSPECT,
        "links": LINK,
        "table_cases": """
            INSERT INTO table_cases (table_case_id, house, case_id, subject_id, referral_id, at_table, municipality,
                                     sub_region, opened_on, closed_on)
            VALUES (%(table_case_id)s, %(house)s, %(case_id)s, gen_random_uuid(), %(referral_id)s, %(at_table)s, '-',
                    '-', %(day)s, CASE WHEN %(closed)s THEN %(day)s END)
            """,
        "brought": """
            INSERT INTO table_case_referrals (table_case_id, referral_id, referred_on)
            VALUES (%(table_case_id)s, %(referral_id)s, %(day)s)
            """,
        "sessions": """
            INSERT INTO sessions (session_id, house, at_table, sub_region, held_on)
            VALUES (%(session_id)s, %(house)s, '-', '-', %(day)s)
            """,
        "sessions_of": """
            INSERT INTO session_cases (session_id, table_case_id, place)
            SELECT session_id, %(of)s, 1 FROM sessions
            WHERE house = %(house)s AND held_on = %(day)s AND session_id NOT IN (SELECT session_id FROM session_cases)
            LIMIT 1
            """,
        "action_plans": """
            INSERT INTO action_plans (action_plan_id, house, table_case_id, agreed_on, case_holder)
            VALUES (%(of)s, %(house)s, %(of)s, %(day)s, '-')
            """,
        "late_information": """
            INSERT INTO late_information (information_id, house, table_case_id, referral_id, partner, told_on)
            VALUES (gen_random_uuid(), %(house)s, %(of)s, gen_random_uuid(), '-', %(day)s)
            """,
        "moments": """
            INSERT INTO monitoring_moments (house, table_case_id, action_plan_id, code, due_on, answered_on,
                                            plan_stands)
            VALUES (%(house)s, %(table_case_id)s, %(table_case_id)s, %(code)s, %(day)s, %(day)s, true)
            """,
    },
    "aftercare": {
        "links": LINK,
        "detentions": f"""
            INSERT INTO detentions (detention_id, house, case_id, subject_id, referral_id, municipality, institution,
                                    detained_on, own_aftercare, registered_on)
            VALUES (%(detention_id)s, %(house)s, %(case_id)s, {NOBODY}, %(referral_id)s, '-', '-', %(day)s, false,
                    %(day)s)
            """,
        "release_dates": """
            INSERT INTO release_dates (house, detention_id, release_on, source, changed_on)
            VALUES (%(house)s, %(of)s, %(day)s, '-', %(day)s)
            """,
        "plans": """
            INSERT INTO plans (plan_id, house, detention_id, made_on, version)
            VALUES (%(of)s, %(house)s, %(of)s, %(day)s, (SELECT count(*) + 1 FROM plans WHERE detention_id = %(of)s))
            """,
        "table_cases": f"""
            INSERT INTO table_cases (table_case_id, house, case_id, opened_on, closed_on)
            VALUES (%(table_case_id)s, %(house)s, {NOBODY}, CASE WHEN %(opened)s THEN %(day)s END,
                    CASE WHEN %(closed)s THEN %(day)s END)
            """,
        "trajectories": """
            INSERT INTO trajectories (trajectory_id, house, case_id, municipality, provider, kind, starts_on, ended_on,
                                      result)
            VALUES (%(trajectory_id)s, %(house)s, %(case_id)s, '-', %(provider)s, '-', %(day)s,
                    CASE WHEN %(ended)s THEN %(day)s END, CASE WHEN %(ended)s THEN 'completed' END)
            """,
        "entries": """
            INSERT INTO fund_years (house, fund, year) VALUES (%(house)s, '-', %(year)s) ON CONFLICT DO NOTHING;
            INSERT INTO entries (entry_id, house, fund, year, kind, about, booked_on, booked_by, decision)
            VALUES (%(entry_id)s, %(house)s, '-', %(year)s, %(kind)s, %(about)s, %(day)s, '-', '-');
            INSERT INTO accounts (house, fund, year, kind, line, municipality, about)
            SELECT %(house)s, '-', %(year)s, kind,
                   CASE WHEN kind NOT IN ('contribution', 'unassigned') THEN 'help' END,
                   CASE WHEN kind = 'contribution' THEN 'Gouda' END,
                   CASE WHEN kind IN ('commitment', 'spent', 'advance') THEN %(about)s::uuid END
            FROM unnest(%(moves)s::text[]) AS kind
            ON CONFLICT DO NOTHING;
            INSERT INTO postings (entry_id, account_id, amount)
            SELECT %(entry_id)s, account_id, CASE WHEN place = 1 THEN -%(amount)s::numeric ELSE %(amount)s::numeric END
            FROM unnest(%(moves)s::text[]) WITH ORDINALITY AS moved (kind, place)
            JOIN accounts USING (kind)
            WHERE house = %(house)s AND year = %(year)s
              AND (accounts.about IS NULL OR accounts.about = %(about)s::uuid);
            INSERT INTO invoices (house, partner, number, entry_id)
            SELECT %(house)s, %(invoiced_by)s, %(invoice)s, %(entry_id)s WHERE %(invoice)s::text IS NOT NULL
            """,
    },
    "reporting": {
        "links": LINK,
        "journal": """
            INSERT INTO journal (position, event_id, type, house, case_id, time, correlation_id, data)
            OVERRIDING SYSTEM VALUE
            VALUES (%(position)s, %(event_id)s, %(type)s, %(house)s, %(case_id)s, %(time)s, %(correlation_id)s,
                    %(data)s)
            """,
        "referrals": """
            INSERT INTO referral (referral_id, house, subject_id, kind, referrer, received_on, municipality, sub_region,
                                  sex, age_class)
            VALUES (%(referral_id)s, %(house)s, %(subject_id)s, %(kind)s, %(referrer)s, %(day)s, %(municipality)s, '-',
                    'man', 'unknown')
            """,
        "tablings": f"""
            INSERT INTO tabling (referral_id, tabling, house, subject_id, referrer, municipality, sub_region,
                                 briefing_on, decision)
            VALUES (%(referral_id)s, %(tabling)s, %(house)s, {NOBODY}, '-', '-', '-', %(day)s, %(decision)s)
            """,
        "table_cases": """
            INSERT INTO table_case (table_case_id, house, at_table, opened_on, closed_on)
            VALUES (%(table_case_id)s, %(house)s, %(at_table)s, CASE WHEN %(opened)s THEN %(day)s END,
                    CASE WHEN %(closed)s THEN %(day)s END)
            """,
        "referred_again": """
            INSERT INTO referred_again (table_case_id, referral_id, house, at_table, referred_on)
            VALUES (%(table_case_id)s, %(referral_id)s, %(house)s, '-', %(day)s)
            """,
        "sessions": """
            INSERT INTO session (session_id, house, at_table, sub_region, held_on, cases)
            VALUES (%(session_id)s, %(house)s, '-', '-', %(day)s, %(cases)s)
            """,
        "action_plans": """
            INSERT INTO action_plan (event_id, table_case_id, house, at_table, agreed_on, agreements)
            VALUES (gen_random_uuid(), %(of)s, %(house)s, '-', %(day)s, 1)
            """,
        "moments": """
            INSERT INTO answered_moment (table_case_id, moment, due_on, house, answered_on, plan_stands)
            VALUES (%(table_case_id)s, %(code)s, %(day)s, %(house)s, %(day)s, true)
            """,
        "detentions": """
            INSERT INTO detention (detention_id, house, municipality, registered_on)
            VALUES (%(of)s, %(house)s, '-', %(day)s)
            """,
        "release_dates": """
            UPDATE detention SET release_on = %(day)s, release_changed_at = %(time)s WHERE detention_id = %(of)s
            """,
        "aftercare_plans": """
            INSERT INTO aftercare_plan_of_day (detention_id, house, municipality, made_on, domains)
            VALUES (%(of)s, %(house)s, '-', %(day)s, '[]')
            """,
    },
}
"""One row of each part of a store, in the order in which they need each other. `of`: a part that is only ids.

Balances come of the entries.
"""


def plant(stores: Stores, urls: Urls, house: str, year: int) -> None:
    """All of it happened on the last day of the year. Each session is about one case."""
    when = {"house": house, "year": year, "day": date(year, 12, 31), "time": datetime(year, 12, 31, 12, tzinfo=UTC)}
    for service, parts in ROWS.items():
        with psycopg.connect(urls[service]) as connection:
            for part, query in parts.items():
                for row in getattr(getattr(stores, service), part):
                    for statement in query.split(";"):
                        connection.execute(statement.encode(), {**when, **_values(row)})
            for parked in stores.parked[service]:
                connection.execute(PARKED, parked._asdict())


def _values(row: Any) -> dict[str, Any]:
    if isinstance(row, str):
        return {"of": row}
    values: dict[str, Any] = row._asdict()
    if isinstance(row, Entry):
        values["moves"] = list(MOVES[row.kind])
    return {name: Jsonb(value) if name == "data" else value for name, value in values.items()}
