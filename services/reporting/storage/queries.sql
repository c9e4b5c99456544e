-- keep --
-- One event for the journal
INSERT INTO journal (event_id, type, house, case_id, time, correlation_id, data)
VALUES (%(event_id)s, %(type)s, %(house)s, %(case_id)s, %(time)s, %(correlation_id)s, %(data)s)

-- journal_after --
-- The next events of the journal, in the order in which they were received
SELECT position, event_id, type, house, case_id, time, correlation_id, data
FROM journal
WHERE position > %(position)s
ORDER BY position
LIMIT %(limit)s

-- hold_projections --
-- Nobody reads or writes the projections until this transaction ends
LOCK TABLE referral, tabling, table_case, referred_again, session, action_plan, monitoring_answer, detention, aftercare_plan
IN ACCESS EXCLUSIVE MODE

-- empty_projections --
-- All projections, not the journal
WITH
    a AS (DELETE FROM referral), b AS (DELETE FROM tabling), c AS (DELETE FROM table_case),
    d AS (DELETE FROM referred_again), e AS (DELETE FROM session), f AS (DELETE FROM action_plan),
    g AS (DELETE FROM monitoring_answer), h AS (DELETE FROM detention)
DELETE FROM aftercare_plan

-- put_referral --
-- A referral as registered
INSERT INTO referral (referral_id, house, subject_id, kind, referrer, received_on, municipality, sub_region, sex, age_class)
VALUES (%(referral_id)s, %(house)s, %(subject_id)s, %(kind)s, %(referrer)s, %(received_on)s, %(municipality)s, %(sub_region)s,
        %(sex)s, %(age_class)s)
ON CONFLICT DO NOTHING

-- put_tabling --
-- What a briefing decided on a referral
INSERT INTO tabling (referral_id, tabling, house, subject_id, referrer, municipality, sub_region, briefing_on, decision,
                     reason, rerouted_to)
VALUES (%(referral_id)s, %(tabling)s, %(house)s, %(subject_id)s, %(referrer)s, %(municipality)s, %(sub_region)s,
        %(briefing_on)s, %(decision)s, %(reason)s, %(rerouted_to)s)
ON CONFLICT DO NOTHING

-- put_opening --
-- A table case opened; its closing may be known already
INSERT INTO table_case (table_case_id, house, at_table, subject_id, municipality, sub_region, opened_on)
VALUES (%(table_case_id)s, %(house)s, %(table)s, %(subject_id)s, %(municipality)s, %(sub_region)s, %(opened_on)s)
ON CONFLICT (table_case_id) DO UPDATE
SET subject_id = excluded.subject_id, municipality = excluded.municipality, sub_region = excluded.sub_region,
    opened_on = excluded.opened_on

-- put_closing --
-- A table case closed; its opening may not be known yet
INSERT INTO table_case (table_case_id, house, at_table, closed_on, outcome)
VALUES (%(table_case_id)s, %(house)s, %(table)s, %(closed_on)s, %(outcome)s)
ON CONFLICT (table_case_id) DO UPDATE
SET closed_on = excluded.closed_on, outcome = excluded.outcome

-- put_referred_again --
-- A referral that found its table case running
INSERT INTO referred_again (table_case_id, referral_id, house, at_table, referred_on)
VALUES (%(table_case_id)s, %(referral_id)s, %(house)s, %(table)s, %(referred_on)s)
ON CONFLICT DO NOTHING

-- put_session --
-- A session as planned
INSERT INTO session (session_id, house, at_table, sub_region, held_on, cases)
VALUES (%(session_id)s, %(house)s, %(table)s, %(sub_region)s, %(held_on)s, %(cases)s)
ON CONFLICT DO NOTHING

-- put_action_plan --
-- An action plan as agreed
INSERT INTO action_plan (event_id, table_case_id, house, at_table, agreed_on, agreements)
VALUES (%(event_id)s, %(table_case_id)s, %(house)s, %(table)s, %(agreed_on)s, %(agreements)s)
ON CONFLICT DO NOTHING

-- put_monitoring_answer --
-- An answer at a monitoring moment
INSERT INTO monitoring_answer (table_case_id, moment, due_on, house, answered_on, plan_stands)
VALUES (%(table_case_id)s, %(moment)s, %(due_on)s, %(house)s, %(answered_on)s, %(plan_stands)s)
ON CONFLICT DO NOTHING

-- put_detention --
-- A detention as registered; a change of its release date may be known already
INSERT INTO detention (detention_id, house, municipality, registered_on, own_aftercare, weighed, expected_release_on)
VALUES (%(detention_id)s, %(house)s, %(municipality)s, %(registered_on)s, %(own_aftercare)s, %(weighed)s,
        %(expected_release_on)s)
ON CONFLICT (detention_id) DO UPDATE
SET registered_on = excluded.registered_on, own_aftercare = excluded.own_aftercare, weighed = excluded.weighed,
    expected_release_on = excluded.expected_release_on

-- put_release --
-- A release date; the one that changed last stays
INSERT INTO detention (detention_id, house, municipality, release_on, release_changed_at)
VALUES (%(detention_id)s, %(house)s, %(municipality)s, %(release_on)s, %(time)s)
ON CONFLICT (detention_id) DO UPDATE
SET release_on = excluded.release_on, release_changed_at = excluded.release_changed_at
WHERE detention.release_changed_at IS NULL OR detention.release_changed_at <= excluded.release_changed_at

-- put_aftercare_plan --
-- An aftercare plan; the one that was made last stays
INSERT INTO aftercare_plan (detention_id, house, municipality, made_on, made_at, domains)
VALUES (%(detention_id)s, %(house)s, %(municipality)s, %(made_on)s, %(time)s, %(domains)s)
ON CONFLICT (detention_id) DO UPDATE
SET made_on = excluded.made_on, made_at = excluded.made_at, domains = excluded.domains
WHERE aftercare_plan.made_at <= excluded.made_at

-- read_one_moment --
-- All that this transaction reads is of the same moment
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ

-- weighed_referrals --
-- The referrals first weighed in a period, each with the last decision taken in it
SELECT first.subject_id, first.referrer, first.briefing_on AS first_weighed_on, last.decision, last.reason,
       referral.sex, referral.age_class, referral.received_on
FROM tabling AS first
CROSS JOIN LATERAL (
    SELECT decision, reason FROM tabling AS each
    WHERE each.referral_id = first.referral_id AND each.briefing_on <= %(last_day)s
    ORDER BY each.tabling DESC
    LIMIT 1
) AS last
LEFT JOIN referral ON referral.referral_id = first.referral_id
WHERE first.house = %(house)s AND first.briefing_on BETWEEN %(first_day)s AND %(last_day)s
  AND NOT EXISTS (SELECT FROM tabling AS earlier
                  WHERE earlier.referral_id = first.referral_id AND earlier.tabling < first.tabling)

-- tablings --
-- How often a briefing in a period dealt with a referral, by municipality and decision
SELECT municipality, decision, count(*) AS count
FROM tabling
WHERE house = %(house)s AND briefing_on BETWEEN %(first_day)s AND %(last_day)s
GROUP BY municipality, decision

-- table_cases --
-- The table cases open at any moment of a period
SELECT at_table AS table, municipality, opened_on, closed_on, outcome
FROM table_case
WHERE house = %(house)s AND opened_on <= %(last_day)s AND (closed_on IS NULL OR closed_on >= %(first_day)s)

-- table_work --
-- What was done at each table in a period: sessions and the cases on their agendas, action plans and their agreements,
-- and referrals that found their table case running
SELECT at_table AS table, sum(sessions)::bigint AS sessions, sum(cases_on_agenda)::bigint AS cases_on_agenda,
       sum(action_plans)::bigint AS action_plans, sum(agreements)::bigint AS agreements,
       sum(referred_again)::bigint AS referred_again
FROM (
    SELECT at_table, 1 AS sessions, cases AS cases_on_agenda, 0 AS action_plans, 0 AS agreements, 0 AS referred_again
    FROM session
    WHERE house = %(house)s AND held_on BETWEEN %(first_day)s AND %(last_day)s
    UNION ALL
    SELECT at_table, 0, 0, 1, agreements, 0
    FROM action_plan
    WHERE house = %(house)s AND agreed_on BETWEEN %(first_day)s AND %(last_day)s
    UNION ALL
    SELECT at_table, 0, 0, 0, 0, 1
    FROM referred_again
    WHERE house = %(house)s AND referred_on BETWEEN %(first_day)s AND %(last_day)s
) AS work
GROUP BY at_table

-- monitoring_answers --
-- Monitoring moments answered in a period, by moment
SELECT moment, count(*) AS answered, count(*) FILTER (WHERE plan_stands) AS plan_stands
FROM monitoring_answer
WHERE house = %(house)s AND answered_on BETWEEN %(first_day)s AND %(last_day)s
GROUP BY moment

-- detentions --
-- Detentions registered in a period (the inflow), by municipality
SELECT municipality, count(*) AS registered, count(*) FILTER (WHERE own_aftercare) AS own_aftercare,
       count(*) FILTER (WHERE weighed) AS weighed, count(coalesce(release_on, expected_release_on)) AS release_known
FROM detention
WHERE house = %(house)s AND registered_on BETWEEN %(first_day)s AND %(last_day)s
GROUP BY municipality

-- aftercare_domains --
-- The life domains of the aftercare plans made in a period, by what was found
SELECT found.domain, found.bottleneck, found.referred, count(*) AS count
FROM aftercare_plan, jsonb_to_recordset(domains) AS found (domain text, bottleneck text, referred boolean)
WHERE house = %(house)s AND made_on BETWEEN %(first_day)s AND %(last_day)s
GROUP BY found.domain, found.bottleneck, found.referred

-- aftercare_plans --
-- How many aftercare plans were made in a period
SELECT count(*) AS count
FROM aftercare_plan
WHERE house = %(house)s AND made_on BETWEEN %(first_day)s AND %(last_day)s
