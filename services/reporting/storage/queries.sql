-- keep --
-- Events for the journal, in the order in which they came
INSERT INTO journal (event_id, type, house, case_id, time, correlation_id, data)
SELECT event_id, type, house, case_id, time, correlation_id, data
FROM unnest(%(event_id)b::uuid[], %(type)b::text[], %(house)b::text[], %(case_id)b::uuid[], %(time)b::timestamptz[],
            %(correlation_id)b::uuid[], %(data)b::jsonb[])
     WITH ORDINALITY AS given (event_id, type, house, case_id, time, correlation_id, data, place)
ORDER BY place

-- given --
-- Each `event` of those that come, for a put_… query
SELECT place AS position, event_id, house, time, data
FROM unnest(%(event_id)b::uuid[], %(house)b::text[], %(time)b::timestamptz[], %(data)b::jsonb[])
     WITH ORDINALITY AS given (event_id, house, time, data, place)

-- kept --
-- Each `event` of one type in a part of the journal, for a put_… query
SELECT position, event_id, house, time, data
FROM journal
WHERE type = %(type)s AND position > %(after)s AND position <= %(until)s

-- journal_size --
-- How many events the journal holds, and the position of the last
SELECT count(*) AS events, coalesce(max(position), 0) AS last_position FROM journal

-- hold_journal --
-- Nobody adds to the journal until this transaction ends, so nobody adds to the projections either
LOCK TABLE journal IN SHARE ROW EXCLUSIVE MODE

-- empty_projections --
-- All projections, not the journal
WITH
    a AS (DELETE FROM referral), b AS (DELETE FROM tabling), c AS (DELETE FROM table_case),
    d AS (DELETE FROM referred_again), e AS (DELETE FROM session), f AS (DELETE FROM action_plan),
    g AS (DELETE FROM monitoring_answer), h AS (DELETE FROM detention)
DELETE FROM aftercare_plan

-- put_referral --
-- Referrals as registered
INSERT INTO referral (referral_id, house, subject_id, kind, referrer, received_on, municipality, sub_region, sex, age_class)
SELECT (data ->> 'referralId')::uuid, house, (data ->> 'subjectId')::uuid, data ->> 'kind', data ->> 'referrer',
       (data ->> 'receivedOn')::date, data ->> 'municipality', data ->> 'subRegion', data ->> 'sex', data ->> 'ageClass'
FROM event
ORDER BY position
ON CONFLICT DO NOTHING

-- put_tabling --
-- What briefings decided on referrals
INSERT INTO tabling (referral_id, tabling, house, subject_id, referrer, municipality, sub_region, briefing_on, decision,
                     reason, rerouted_to)
SELECT (data ->> 'referralId')::uuid, (data ->> 'tabling')::integer, house, (data ->> 'subjectId')::uuid,
       data ->> 'referrer', data ->> 'municipality', data ->> 'subRegion', (data ->> 'briefingOn')::date,
       data ->> 'decision', data ->> 'reason', data ->> 'reroutedTo'
FROM event
ORDER BY position
ON CONFLICT DO NOTHING

-- put_opening --
-- Table cases opened; their closing may be known already
INSERT INTO table_case (table_case_id, house, at_table, subject_id, municipality, sub_region, opened_on)
SELECT DISTINCT ON ((data ->> 'tableCaseId')::uuid)
       (data ->> 'tableCaseId')::uuid, house, data ->> 'table', (data ->> 'subjectId')::uuid, data ->> 'municipality',
       data ->> 'subRegion', (data ->> 'openedOn')::date
FROM event
ORDER BY (data ->> 'tableCaseId')::uuid, position DESC
ON CONFLICT (table_case_id) DO UPDATE
SET house = excluded.house, at_table = excluded.at_table, subject_id = excluded.subject_id,
    municipality = excluded.municipality, sub_region = excluded.sub_region, opened_on = excluded.opened_on

-- put_closing --
-- Table cases closed; their opening may not be known yet
INSERT INTO table_case (table_case_id, house, at_table, closed_on, outcome)
SELECT DISTINCT ON ((data ->> 'tableCaseId')::uuid)
       (data ->> 'tableCaseId')::uuid, house, data ->> 'table', (data ->> 'closedOn')::date,
       CASE WHEN data ->> 'outcome' IS NOT NULL THEN jsonb_build_object(
           'procedure_departed_from_or_breakthrough',
           (data #>> '{outcome,procedureDepartedFromOrBreakthrough}')::boolean,
           'all_parties_cooperate', (data #>> '{outcome,allPartiesCooperate}')::boolean,
           'progress_made', (data #>> '{outcome,progressMade}')::boolean,
           'case_made_manageable', (data #>> '{outcome,caseMadeManageable}')::boolean,
           'case_holder_can_go_on', (data #>> '{outcome,caseHolderCanGoOn}')::boolean
       ) END
FROM event
ORDER BY (data ->> 'tableCaseId')::uuid, position DESC
ON CONFLICT (table_case_id) DO UPDATE
SET closed_on = excluded.closed_on, outcome = excluded.outcome

-- put_referred_again --
-- Referrals that found their table case running
INSERT INTO referred_again (table_case_id, referral_id, house, at_table, referred_on)
SELECT (data ->> 'tableCaseId')::uuid, (data ->> 'referralId')::uuid, house, data ->> 'table',
       (data ->> 'referredOn')::date
FROM event
ORDER BY position
ON CONFLICT DO NOTHING

-- put_session --
-- Sessions as planned
INSERT INTO session (session_id, house, at_table, sub_region, held_on, cases)
SELECT (data ->> 'sessionId')::uuid, house, data ->> 'table', data ->> 'subRegion', (data ->> 'heldOn')::date,
       jsonb_array_length(data -> 'tableCaseIds')
FROM event
ORDER BY position
ON CONFLICT DO NOTHING

-- put_action_plan --
-- Action plans as agreed
INSERT INTO action_plan (event_id, table_case_id, house, at_table, agreed_on, agreements)
SELECT event_id, (data ->> 'tableCaseId')::uuid, house, data ->> 'table', (data ->> 'agreedOn')::date,
       (data ->> 'agreements')::integer
FROM event
ORDER BY position
ON CONFLICT DO NOTHING

-- put_monitoring_answer --
-- Answers at monitoring moments
INSERT INTO monitoring_answer (table_case_id, moment, due_on, house, answered_on, plan_stands)
SELECT (data ->> 'tableCaseId')::uuid, data ->> 'moment', (data ->> 'dueOn')::date, house,
       (data ->> 'answeredOn')::date, (data ->> 'planStands')::boolean
FROM event
ORDER BY position
ON CONFLICT DO NOTHING

-- put_detention --
-- Detentions as registered; a change of their release date may be known already
INSERT INTO detention (detention_id, house, municipality, registered_on, own_aftercare, weighed, expected_release_on)
SELECT DISTINCT ON ((data ->> 'detentionId')::uuid)
       (data ->> 'detentionId')::uuid, house, data ->> 'municipality', (data ->> 'registeredOn')::date,
       (data ->> 'ownAftercare')::boolean, data ->> 'referralId' IS NOT NULL, (data ->> 'expectedReleaseOn')::date
FROM event
ORDER BY (data ->> 'detentionId')::uuid, position DESC
ON CONFLICT (detention_id) DO UPDATE
SET house = excluded.house, municipality = excluded.municipality, registered_on = excluded.registered_on,
    own_aftercare = excluded.own_aftercare, weighed = excluded.weighed,
    expected_release_on = excluded.expected_release_on

-- put_release --
-- Release dates; the one that changed last stays
INSERT INTO detention (detention_id, house, municipality, release_on, release_changed_at)
SELECT DISTINCT ON ((data ->> 'detentionId')::uuid)
       (data ->> 'detentionId')::uuid, house, data ->> 'municipality', (data ->> 'releaseOn')::date, time
FROM event
ORDER BY (data ->> 'detentionId')::uuid, time DESC, position DESC
ON CONFLICT (detention_id) DO UPDATE
SET release_on = excluded.release_on, release_changed_at = excluded.release_changed_at
WHERE detention.release_changed_at IS NULL OR detention.release_changed_at <= excluded.release_changed_at

-- put_aftercare_plan --
-- Aftercare plans; the one that was made last stays
INSERT INTO aftercare_plan (detention_id, house, municipality, made_on, made_at, domains)
SELECT DISTINCT ON ((data ->> 'detentionId')::uuid)
       (data ->> 'detentionId')::uuid, house, data ->> 'municipality', (data ->> 'madeOn')::date, time,
       (SELECT coalesce(jsonb_agg(jsonb_build_object(
                   'domain', found -> 'domain', 'bottleneck', found -> 'bottleneck',
                   'referred', found ->> 'referredTo' IS NOT NULL)), '[]')
        FROM jsonb_array_elements(data -> 'domains') AS found)
FROM event
ORDER BY (data ->> 'detentionId')::uuid, time DESC, position DESC
ON CONFLICT (detention_id) DO UPDATE
SET municipality = excluded.municipality, made_on = excluded.made_on, made_at = excluded.made_at,
    domains = excluded.domains
WHERE aftercare_plan.made_at <= excluded.made_at

-- read_one_moment --
-- All that this transaction reads is of the same moment
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ

-- weighed_referrals --
-- The referrals first weighed in a period, each with the last decision taken in it
SELECT last.subject_id, last.referrer, last.first_weighed_on, last.decision, last.reason,
       referral.sex, referral.age_class, referral.received_on
FROM (
    SELECT DISTINCT ON (referral_id)
           house, referral_id, subject_id, referrer, decision, reason,
           min(tabling) OVER of_referral AS first_tabling, min(briefing_on) OVER of_referral AS first_weighed_on
    FROM tabling
    WHERE house = %(house)s AND briefing_on BETWEEN %(first_day)s AND %(last_day)s
    WINDOW of_referral AS (PARTITION BY referral_id)
    ORDER BY referral_id, tabling DESC
) AS last
LEFT JOIN referral USING (house, referral_id)
WHERE last.first_tabling = 1  -- most are: only those carried over are looked up
   OR last.first_tabling = (SELECT min(tabling) FROM tabling AS each WHERE each.referral_id = last.referral_id)

-- tablings --
-- How often a briefing in a period dealt with a referral, by municipality and decision
SELECT municipality, decision, count(*) AS count
FROM tabling
WHERE house = %(house)s AND briefing_on BETWEEN %(first_day)s AND %(last_day)s
GROUP BY municipality, decision

-- tabled --
-- Each tabling of a period, with its decision if it is the last on a referral first weighed in the period
SELECT municipality, subject_id,
       CASE WHEN tabling = last_tabling AND (
           first_tabling = 1
           OR first_tabling = (SELECT min(tabling) FROM tabling AS each WHERE each.referral_id = dealt_with.referral_id)
       ) THEN decision END AS decision
FROM (
    SELECT referral_id, municipality, subject_id, decision, tabling,
           min(tabling) OVER of_referral AS first_tabling, max(tabling) OVER of_referral AS last_tabling
    FROM tabling
    WHERE house = %(house)s AND briefing_on BETWEEN %(first_day)s AND %(last_day)s
    WINDOW of_referral AS (PARTITION BY referral_id)
) AS dealt_with

-- table_cases --
-- The table cases open at any moment of a period
SELECT subject_id, at_table AS table, municipality, opened_on, closed_on, outcome
FROM table_case
WHERE house = %(house)s AND coalesce(closed_on, 'infinity') >= %(first_day)s AND opened_on <= %(last_day)s

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
