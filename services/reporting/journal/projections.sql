-- put_referral --
-- Referrals as registered
INSERT INTO referral (referral_id, house, subject_id, kind, referrer, received_on, municipality, sub_region, sex, age_class)
SELECT (data ->> 'referralId')::uuid, house, (data ->> 'subjectId')::uuid, data ->> 'kind', data ->> 'referrer',
       (data ->> 'receivedOn')::date, data ->> 'municipality', data ->> 'subRegion', data ->> 'sex', data ->> 'ageClass'
FROM event
ORDER BY position
ON CONFLICT DO NOTHING

-- put_alias --
-- Links between subjects that are one person, begun or ended, in whatever order that is told
INSERT INTO aliases (merge_id, house, id, alias, merged_on, separated_on)
SELECT (data ->> 'mergeId')::uuid, house, (data ->> 'subjectId')::uuid,
       coalesce(data ->> 'mergedSubjectId', data ->> 'separatedSubjectId')::uuid,
       min((data ->> 'mergedOn')::date), min((data ->> 'separatedOn')::date)
FROM event
GROUP BY 1, 2, 3, 4
ON CONFLICT (merge_id, id) DO UPDATE
SET merged_on = least(aliases.merged_on, excluded.merged_on), separated_on = least(aliases.separated_on, excluded.separated_on)

-- put_tabling --
-- The decisions of briefings on referrals; of a tabling the decision that was told last, or none if it was withdrawn
INSERT INTO tabling (referral_id, tabling, house, subject_id, referrer, municipality, sub_region, briefing_on, decision,
                     reason, rerouted_to, told_by)
SELECT DISTINCT ON ((data ->> 'referralId')::uuid, (data ->> 'tabling')::integer)
       (data ->> 'referralId')::uuid, (data ->> 'tabling')::integer, house, (data ->> 'subjectId')::uuid,
       data ->> 'referrer', data ->> 'municipality', data ->> 'subRegion', (data ->> 'briefingOn')::date,
       data ->> 'decision', data ->> 'reason', data ->> 'reroutedTo', event_id
FROM event
ORDER BY (data ->> 'referralId')::uuid, (data ->> 'tabling')::integer, event_id DESC
ON CONFLICT (referral_id, tabling) DO UPDATE
SET subject_id = excluded.subject_id, referrer = excluded.referrer, municipality = excluded.municipality,
    sub_region = excluded.sub_region, briefing_on = excluded.briefing_on, decision = excluded.decision,
    reason = excluded.reason, rerouted_to = excluded.rerouted_to, told_by = excluded.told_by
WHERE tabling.told_by < excluded.told_by

-- put_opening --
-- Table cases opened, or withdrawn; their closing may be known already
INSERT INTO table_case (table_case_id, house, at_table, subject_id, municipality, sub_region, opened_on, opening_told_by)
SELECT DISTINCT ON ((data ->> 'tableCaseId')::uuid)
       (data ->> 'tableCaseId')::uuid, house, data ->> 'table', (data ->> 'subjectId')::uuid, data ->> 'municipality',
       data ->> 'subRegion', (data ->> 'openedOn')::date, event_id
FROM event
ORDER BY (data ->> 'tableCaseId')::uuid, event_id DESC
ON CONFLICT (table_case_id) DO UPDATE
SET subject_id = excluded.subject_id, municipality = excluded.municipality, sub_region = excluded.sub_region,
    opened_on = excluded.opened_on, opening_told_by = excluded.opening_told_by
WHERE table_case.opening_told_by < excluded.opening_told_by

-- put_closing --
-- Table cases closed, or under treatment again if the closing was withdrawn; their opening may not be known yet
INSERT INTO table_case (table_case_id, house, at_table, closed_on, outcome, closing_told_by)
SELECT DISTINCT ON ((data ->> 'tableCaseId')::uuid)
       (data ->> 'tableCaseId')::uuid, house, data ->> 'table', (data ->> 'closedOn')::date,
       CASE WHEN data ->> 'outcome' IS NOT NULL THEN (
           -- the code of a question is its name in the event: progressMade is progress_made
           SELECT jsonb_object_agg(lower(regexp_replace(name, '([A-Z])', '_\1', 'g')), answer::boolean)
           FROM jsonb_each_text(data -> 'outcome') AS answered (name, answer)
       ) END,
       event_id
FROM event
ORDER BY (data ->> 'tableCaseId')::uuid, event_id DESC
ON CONFLICT (table_case_id) DO UPDATE
SET closed_on = excluded.closed_on, outcome = excluded.outcome, closing_told_by = excluded.closing_told_by
WHERE table_case.closing_told_by < excluded.closing_told_by

-- put_referred_again --
-- Referrals that found their table case running; on no day if the decision was wrong
INSERT INTO referred_again (table_case_id, referral_id, house, at_table, referred_on, told_by)
SELECT DISTINCT ON ((data ->> 'tableCaseId')::uuid, (data ->> 'referralId')::uuid)
       (data ->> 'tableCaseId')::uuid, (data ->> 'referralId')::uuid, house, data ->> 'table',
       (data ->> 'referredOn')::date, event_id
FROM event
ORDER BY (data ->> 'tableCaseId')::uuid, (data ->> 'referralId')::uuid, event_id DESC
ON CONFLICT (table_case_id, referral_id) DO UPDATE
SET referred_on = excluded.referred_on, told_by = excluded.told_by
WHERE referred_again.told_by < excluded.told_by

-- put_session --
-- Sessions planned, moved, held or cancelled: as told last
INSERT INTO session (session_id, house, at_table, sub_region, held_on, held, cases, told_by)
SELECT DISTINCT ON ((data ->> 'sessionId')::uuid)
       (data ->> 'sessionId')::uuid, house, data ->> 'table', data ->> 'subRegion',
       coalesce(data ->> 'heldOn', data ->> 'movedTo')::date, type = 'sessions.held.v1',
       jsonb_array_length(data -> 'tableCaseIds'), event_id
FROM event
ORDER BY (data ->> 'sessionId')::uuid, event_id DESC
ON CONFLICT (session_id) DO UPDATE
SET held_on = excluded.held_on, held = excluded.held, cases = excluded.cases, told_by = excluded.told_by
WHERE session.told_by < excluded.told_by

-- put_action_plan --
-- Action plans agreed, or withdrawn. Events of before name no plan: such a plan has the id of its event
INSERT INTO action_plan (event_id, action_plan_id, table_case_id, house, at_table, agreed_on, agreements)
SELECT DISTINCT ON (coalesce((data ->> 'actionPlanId')::uuid, event_id))
       event_id, coalesce((data ->> 'actionPlanId')::uuid, event_id), (data ->> 'tableCaseId')::uuid, house,
       data ->> 'table', (data ->> 'agreedOn')::date, (data ->> 'agreements')::integer
FROM event
ORDER BY coalesce((data ->> 'actionPlanId')::uuid, event_id), event_id DESC
ON CONFLICT ((coalesce(action_plan_id, event_id))) DO UPDATE
SET event_id = excluded.event_id, agreed_on = excluded.agreed_on, agreements = excluded.agreements
WHERE action_plan.event_id < excluded.event_id

-- put_monitoring_answer --
-- Answers at monitoring moments; of a moment the answer that was told last, or none if it was withdrawn
INSERT INTO answered_moment (table_case_id, moment, due_on, house, answered_on, plan_stands, told_by)
SELECT DISTINCT ON ((data ->> 'tableCaseId')::uuid, data ->> 'moment')
       (data ->> 'tableCaseId')::uuid, data ->> 'moment', (data ->> 'dueOn')::date, house,
       (data ->> 'answeredOn')::date, (data ->> 'planStands')::boolean, event_id
FROM event
ORDER BY (data ->> 'tableCaseId')::uuid, data ->> 'moment', event_id DESC
ON CONFLICT (table_case_id, moment) DO UPDATE
SET due_on = excluded.due_on, answered_on = excluded.answered_on, plan_stands = excluded.plan_stands,
    told_by = excluded.told_by
WHERE answered_moment.told_by < excluded.told_by

-- put_detention --
-- Detentions as registered; a correction and a change of their release date may be known already
INSERT INTO detention (detention_id, house, municipality, registered_on, own_aftercare, weighed, expected_release_on)
SELECT DISTINCT ON ((data ->> 'detentionId')::uuid)
       (data ->> 'detentionId')::uuid, house, data ->> 'municipality', (data ->> 'registeredOn')::date,
       (data ->> 'ownAftercare')::boolean, data ->> 'referralId' IS NOT NULL, (data ->> 'expectedReleaseOn')::date
FROM event
ORDER BY (data ->> 'detentionId')::uuid, event_id
ON CONFLICT (detention_id) DO UPDATE
SET registered_on = excluded.registered_on, weighed = excluded.weighed,
    (municipality, own_aftercare, expected_release_on) = (
        SELECT detention.municipality, detention.own_aftercare, detention.expected_release_on
        WHERE detention.corrected_by > '00000000-0000-0000-0000-000000000000'
        UNION ALL
        SELECT excluded.municipality, excluded.own_aftercare, excluded.expected_release_on
        WHERE detention.corrected_by = '00000000-0000-0000-0000-000000000000'
    )
WHERE detention.registered_on IS NULL

-- put_detention_correction --
-- Detentions as their notice tells it since a correction; their registration may not be known yet
INSERT INTO detention (detention_id, house, municipality, own_aftercare, expected_release_on, corrected_by)
SELECT DISTINCT ON ((data ->> 'detentionId')::uuid)
       (data ->> 'detentionId')::uuid, house, data ->> 'municipality', (data ->> 'ownAftercare')::boolean,
       (data ->> 'expectedReleaseOn')::date, event_id
FROM event
ORDER BY (data ->> 'detentionId')::uuid, event_id DESC
ON CONFLICT (detention_id) DO UPDATE
SET municipality = excluded.municipality, own_aftercare = excluded.own_aftercare,
    expected_release_on = excluded.expected_release_on, corrected_by = excluded.corrected_by
WHERE detention.corrected_by < excluded.corrected_by

-- put_detention_taken_out --
-- Detentions that were none of their own: joined to another, or registered by mistake; or that are after all
INSERT INTO detention (detention_id, house, taken_out, taken_out_told_by)
SELECT DISTINCT ON ((data ->> 'detentionId')::uuid)
       (data ->> 'detentionId')::uuid, house, NOT data ? 'restoredOn', event_id
FROM event
WHERE data ?| '{joinedTo,restoredOn}' OR data ->> 'reason' = 'mistake'
ORDER BY (data ->> 'detentionId')::uuid, event_id DESC
ON CONFLICT (detention_id) DO UPDATE
SET taken_out = excluded.taken_out, taken_out_told_by = excluded.taken_out_told_by
WHERE detention.taken_out_told_by < excluded.taken_out_told_by

-- put_release --
-- Release dates; of a detention the date that was told last, or none if it is not known any more
INSERT INTO detention (detention_id, house, release_on, release_changed_at, release_told_by)
SELECT DISTINCT ON ((data ->> 'detentionId')::uuid)
       (data ->> 'detentionId')::uuid, house, (data ->> 'releaseOn')::date, time, event_id
FROM event
ORDER BY (data ->> 'detentionId')::uuid, event_id DESC
ON CONFLICT (detention_id) DO UPDATE
SET release_on = excluded.release_on, release_changed_at = excluded.release_changed_at,
    release_told_by = excluded.release_told_by
WHERE detention.release_told_by < excluded.release_told_by

-- put_aftercare_plan --
-- Aftercare plans; of a detention and day the plan that was told last, or none if it was withdrawn
INSERT INTO aftercare_plan_of_day (detention_id, house, municipality, made_on, domains, told_by)
SELECT DISTINCT ON ((data ->> 'detentionId')::uuid, (data ->> 'madeOn')::date)
       (data ->> 'detentionId')::uuid, house, data ->> 'municipality', (data ->> 'madeOn')::date,
       CASE WHEN data ? 'domains' THEN (
           SELECT coalesce(jsonb_agg(jsonb_build_object(
                      'domain', found -> 'domain', 'bottleneck', found -> 'bottleneck',
                      'referred', found ->> 'referredTo' IS NOT NULL)), '[]')
           FROM jsonb_array_elements(data -> 'domains') AS found
       ) END,
       event_id
FROM event
ORDER BY (data ->> 'detentionId')::uuid, (data ->> 'madeOn')::date, event_id DESC
ON CONFLICT (detention_id, made_on) DO UPDATE
SET municipality = excluded.municipality, domains = excluded.domains, told_by = excluded.told_by
WHERE aftercare_plan_of_day.told_by < excluded.told_by
