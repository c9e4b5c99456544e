-- put_referral --
-- Referrals as registered
INSERT INTO referral (referral_id, house, subject_id, kind, referrer, received_on, municipality, sub_region, sex, age_class)
SELECT (data ->> 'referralId')::uuid, house, (data ->> 'subjectId')::uuid, data ->> 'kind', data ->> 'referrer',
       (data ->> 'receivedOn')::date, data ->> 'municipality', data ->> 'subRegion', data ->> 'sex', data ->> 'ageClass'
FROM event
ORDER BY position
ON CONFLICT DO NOTHING

-- put_tabling --
-- The decisions of briefings on referrals
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
       CASE WHEN data ->> 'outcome' IS NOT NULL THEN (
           -- the code of a question is its name in the event: progressMade is progress_made
           SELECT jsonb_object_agg(lower(regexp_replace(name, '([A-Z])', '_\1', 'g')), answer::boolean)
           FROM jsonb_each_text(data -> 'outcome') AS answered (name, answer)
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
-- Release dates; of a detention the date that changed last stays
INSERT INTO detention (detention_id, house, municipality, release_on, release_changed_at)
SELECT DISTINCT ON ((data ->> 'detentionId')::uuid)
       (data ->> 'detentionId')::uuid, house, data ->> 'municipality', (data ->> 'releaseOn')::date, time
FROM event
ORDER BY (data ->> 'detentionId')::uuid, time DESC, position DESC
ON CONFLICT (detention_id) DO UPDATE
SET release_on = excluded.release_on, release_changed_at = excluded.release_changed_at
WHERE detention.release_changed_at IS NULL OR detention.release_changed_at <= excluded.release_changed_at

-- put_aftercare_plan --
-- Aftercare plans; of a detention the plan that was made last stays
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
