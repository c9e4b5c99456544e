"""How each store is read: for one house and one year, by the dates that the rows themselves carry."""

from collections.abc import Mapping
from typing import Any

from tests.fault.oracle import rows

Queries = Mapping[str, tuple[type[Any], str]]
"""What a row becomes, and the query that gives it, by name in the store's dataclass; `str` is a single column."""


def _links(subjects: str) -> tuple[type[Any], str]:
    """The links of some subjects. subjects: an array in SQL."""
    query = f"""
        SELECT DISTINCT merge_id::text, least(id, alias)::text AS subject_id, greatest(id, alias)::text AS other_id,
               merged_on IS NOT NULL AND separated_on IS NULL AS in_force
        FROM aliases
        WHERE house = %(house)s AND id = ANY({subjects})
        """
    return rows.Link, query


OF_THE_YEAR = """ARRAY(
            SELECT subject_id FROM referrals WHERE house = %(house)s AND extract(year FROM received_on) = %(year)s)"""
REGISTERED = """
        SELECT referral_id::text, subject_id::text, referrals.kind, referrer, municipality, case_id::text,
               message_id::text, weighed
        FROM referrals JOIN subjects USING (subject_id)
        WHERE referrals.house = %(house)s AND extract(year FROM received_on) = %(year)s
        """
SUBJECTS_OF_INTAKE = "%(subjects)s::uuid[]"
SUSPECTS = (
    str,
    """
    SELECT case_id::text
    FROM suspects
    WHERE house = %(house)s AND extract(year FROM listed_on) = %(year)s
    """,
)
TRACES = """
SELECT table_name
FROM information_schema.tables CROSS JOIN unnest(%(strangers)s::text[]) AS stranger
WHERE table_schema = 'public' AND query_to_xml(
    format('SELECT 1 FROM %%I AS held WHERE strpos(held::text, %%L) > 0 LIMIT 1', table_name, stranger), true, false, ''
)::text LIKE '%%<row%%'
"""
"""The tables in which one of these names stands in clear text."""

INTAKE: Queries = {
    "links": _links(OF_THE_YEAR),
    "referrals": (rows.Registered, f"{REGISTERED} AND message_id IS NOT NULL"),
    "calls": (rows.Registered, f"{REGISTERED} AND message_id IS NULL"),
    "told": (
        rows.Told,
        """
        SELECT referral_id::text, decision, outcome
        FROM feedback JOIN referrals USING (referral_id)
        WHERE referrals.house = %(house)s AND extract(year FROM received_on) = %(year)s AND NOT lapsed
        """,
    ),
    "requests": (
        rows.Request,
        """
        SELECT request_id::text, referral_id::text, partner, answered_on IS NOT NULL AS answered
        FROM information_requests JOIN referrals USING (referral_id)
        WHERE referrals.house = %(house)s AND extract(year FROM received_on) = %(year)s
        """,
    ),
    "disclosures": (
        rows.Disclosure,
        """
        SELECT subject_id::text, disclosed_to
        FROM disclosures
        WHERE house = %(house)s AND purpose IN ('information_request', 'trajectory') AND subject_id IN (
            SELECT subject_id FROM referrals WHERE house = %(house)s AND extract(year FROM received_on) = %(year)s)
        """,
    ),
    "suspects": (
        str,
        """
        SELECT subject_id::text
        FROM listed_suspects JOIN subjects USING (subject_id)
        WHERE house = %(house)s AND extract(year FROM listed_on) = %(year)s
        """,
    ),
    "strangers": (
        str,
        """
        SELECT subject_id::text
        FROM subjects
        WHERE house = %(house)s AND data_key <> '' AND subject_id NOT IN (SELECT subject_id FROM referrals)
        """,
    ),
    "open_briefings": (
        str,
        """
        SELECT referral_id::text
        FROM openings JOIN referrals ON referral_id = opened_by
        WHERE referrals.house = %(house)s AND extract(year FROM received_on) = %(year)s AND purpose = 'briefing'
          AND last_day IS NULL
        """,
    ),
    "unanswered": (
        str,
        "SELECT question_id::text FROM bij_questions WHERE house = %(house)s AND answered_at IS NULL",
    ),
    "sealed": (
        rows.Sealed,
        """
        SELECT own.message_id::text, own.referral_id::text, coalesce(later.open_case_id, owns.case_id)::text AS case_id,
               own.sealed, first.referral_id::text AS first_id,
               coalesce(later.open_case_id, firsts.case_id)::text AS first_case_id
        FROM referrals AS own
        LEFT JOIN sealings AS unsealed ON unsealed.became = own.referral_id
        LEFT JOIN sealings AS later ON later.referral_id = own.referral_id
        JOIN referrals AS first ON first.referral_id = coalesce(unsealed.referral_id, own.referral_id)
        JOIN subjects AS owns ON owns.subject_id = own.subject_id
        JOIN subjects AS firsts ON firsts.subject_id = first.subject_id
        WHERE own.house = %(house)s AND own.message_id = ANY(%(messages)s::uuid[])
        """,
    ),
}

WEIGHING: Queries = {
    "links": _links(SUBJECTS_OF_INTAKE),
    "referrals": (
        rows.Referral,
        """
        SELECT referral_id::text, subject_id::text, kind, referrer, municipality
        FROM referrals
        WHERE house = %(house)s AND extract(year FROM received_on) = %(year)s
        """,
    ),
    "requests": (
        rows.Request,
        """
        SELECT request_id::text, referral_id::text, partner, answered_on IS NOT NULL AS answered
        FROM information_requests JOIN referrals USING (referral_id)
        WHERE referrals.house = %(house)s AND extract(year FROM received_on) = %(year)s
        """,
    ),
    "decisions": (
        rows.Decided,
        """
        SELECT referral_id::text, tabling, decision, opens_table
        FROM decisions
        WHERE house = %(house)s AND extract(year FROM briefing_on) = %(year)s
        """,
    ),
    "taken_back": (
        rows.Tabled,
        """
        SELECT referral_id::text, back.tabling, decision ->> 'decision' AS decision
        FROM decisions_taken_back AS back JOIN referrals USING (referral_id)
        WHERE house = %(house)s AND extract(year FROM received_on) = %(year)s
        """,
    ),
    "suspects": SUSPECTS,
    "on_agenda": (
        str,
        """
        SELECT referral_id::text
        FROM referrals
        WHERE house = %(house)s AND extract(year FROM received_on) = %(year)s AND table_on IS NOT NULL
        """,
    ),
    "withdrawn": (
        str,
        """
        SELECT referral_id::text
        FROM referrals
        WHERE referral_id = ANY(%(sealed)s::uuid[]) AND withdrawn_on IS NOT NULL
        """,
    ),
}

MEETINGS: Queries = {
    "suspects": SUSPECTS,
    "links": _links(SUBJECTS_OF_INTAKE),
    "table_cases": (
        rows.TableCase,
        """
        SELECT table_case_id::text, case_id::text, referral_id::text, at_table, closed_on IS NOT NULL AS closed
        FROM table_cases
        WHERE house = %(house)s AND extract(year FROM opened_on) = %(year)s
        """,
    ),
    "brought": (
        rows.Brought,
        """
        SELECT table_case_id::text, brought.referral_id::text
        FROM table_case_referrals AS brought JOIN table_cases USING (table_case_id)
        WHERE house = %(house)s AND extract(year FROM opened_on) = %(year)s
        """,
    ),
    "sessions": (
        rows.Session,
        """
        SELECT session_id::text, count(table_case_id) AS cases
        FROM sessions LEFT JOIN session_cases USING (session_id)
        WHERE house = %(house)s AND extract(year FROM held_on) = %(year)s
        GROUP BY session_id
        """,
    ),
    "sessions_of": (
        str,
        """
        SELECT table_case_id::text
        FROM session_cases JOIN sessions USING (session_id)
        WHERE house = %(house)s AND extract(year FROM held_on) = %(year)s
        """,
    ),
    "action_plans": (
        str,
        """
        SELECT table_case_id::text
        FROM action_plans
        WHERE house = %(house)s AND extract(year FROM agreed_on) = %(year)s
        """,
    ),
    "late_information": (
        str,
        """
        SELECT table_case_id::text
        FROM late_information JOIN table_cases USING (table_case_id)
        WHERE table_cases.house = %(house)s AND extract(year FROM opened_on) = %(year)s
        """,
    ),
    "moments": (
        rows.Moment,
        """
        SELECT table_case_id::text, code
        FROM monitoring_moments
        WHERE house = %(house)s AND extract(year FROM answered_on) = %(year)s
        """,
    ),
}

AFTERCARE: Queries = {
    "links": _links(SUBJECTS_OF_INTAKE),
    "detentions": (
        rows.Detention,
        """
        SELECT detention_id::text, case_id::text, referral_id::text
        FROM detentions
        WHERE house = %(house)s AND extract(year FROM registered_on) = %(year)s
        """,
    ),
    "release_dates": (
        str,
        """
        SELECT detention_id::text
        FROM release_dates
        WHERE house = %(house)s AND extract(year FROM changed_on) = %(year)s
        """,
    ),
    "plans": (
        str,
        """
        SELECT detention_id::text
        FROM plans
        WHERE house = %(house)s AND extract(year FROM made_on) = %(year)s
        """,
    ),
    "table_cases": (
        rows.Followed,
        """
        SELECT table_case_id::text, NULL AS at_table, opened_on IS NOT NULL AS opened, closed_on IS NOT NULL AS closed
        FROM table_cases
        WHERE house = %(house)s AND extract(year FROM coalesce(opened_on, closed_on)) = %(year)s
        """,
    ),
    "trajectories": (
        rows.Trajectory,
        """
        SELECT trajectory_id::text, case_id::text, provider, ended_on IS NOT NULL AS ended
        FROM trajectories
        WHERE house = %(house)s AND extract(year FROM starts_on) = %(year)s
        """,
    ),
    "entries": (
        rows.Entry,
        """
        SELECT entry_id::text, kind, about::text, coalesce(sum(amount) FILTER (WHERE amount > 0), 0)::text AS amount,
               coalesce(sum(amount), 0)::text AS off, partner AS invoiced_by, number AS invoice
        FROM entries LEFT JOIN postings USING (entry_id) LEFT JOIN invoices USING (entry_id)
        WHERE entries.house = %(house)s AND year = %(year)s
        GROUP BY entry_id, partner, number
        """,
    ),
    "balances": (
        rows.Balance,
        """
        SELECT kind, coalesce(about::text, line, municipality) AS of, balance::text,
               coalesce(sum(amount), 0.00)::text AS postings
        FROM accounts LEFT JOIN postings USING (account_id)
        WHERE house = %(house)s AND year = %(year)s
        GROUP BY account_id
        """,
    ),
}

REPORTING: Queries = {
    "links": _links(SUBJECTS_OF_INTAKE),
    "journal": (
        rows.Event,
        """
        SELECT position, event_id::text, type, case_id::text, correlation_id::text, data
        FROM journal
        WHERE house = %(house)s AND extract(year FROM time AT TIME ZONE 'Europe/Amsterdam') = %(year)s
        ORDER BY position
        """,
    ),
    "referrals": (
        rows.Referral,
        """
        SELECT referral_id::text, subject_id::text, kind, referrer, municipality
        FROM referral
        WHERE house = %(house)s AND extract(year FROM received_on) = %(year)s
        """,
    ),
    "tablings": (
        rows.Tabled,
        """
        SELECT referral_id::text, tabling, decision
        FROM tabling
        WHERE house = %(house)s AND extract(year FROM briefing_on) = %(year)s
        """,
    ),
    "table_cases": (
        rows.Followed,
        """
        SELECT table_case_id::text, at_table, opened_on IS NOT NULL AS opened, closed_on IS NOT NULL AS closed
        FROM table_case
        WHERE house = %(house)s AND extract(year FROM coalesce(opened_on, closed_on)) = %(year)s
        """,
    ),
    "referred_again": (
        rows.Brought,
        """
        SELECT table_case_id::text, referral_id::text
        FROM referred_again
        WHERE house = %(house)s AND extract(year FROM referred_on) = %(year)s
        """,
    ),
    "sessions": (
        rows.Session,
        """
        SELECT session_id::text, cases
        FROM session
        WHERE house = %(house)s AND extract(year FROM held_on) = %(year)s
        """,
    ),
    "action_plans": (
        str,
        """
        SELECT table_case_id::text
        FROM action_plan
        WHERE house = %(house)s AND extract(year FROM agreed_on) = %(year)s
        """,
    ),
    "moments": (
        rows.Moment,
        """
        SELECT table_case_id::text, moment AS code
        FROM answered_moment
        WHERE house = %(house)s AND extract(year FROM answered_on) = %(year)s
        """,
    ),
    "detentions": (
        str,
        """
        SELECT detention_id::text
        FROM detention
        WHERE house = %(house)s AND extract(year FROM registered_on) = %(year)s
        """,
    ),
    "release_dates": (
        str,
        """
        SELECT detention_id::text
        FROM detention
        WHERE house = %(house)s AND extract(year FROM release_changed_at AT TIME ZONE 'Europe/Amsterdam') = %(year)s
        """,
    ),
    "aftercare_plans": (
        str,
        """
        SELECT detention_id::text
        FROM aftercare_plan_of_day
        WHERE house = %(house)s AND extract(year FROM made_on) = %(year)s
        """,
    ),
}
