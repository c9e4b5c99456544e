-- open_table_case --
-- Gives a row unless the subject has a running case at that table
INSERT INTO table_cases (table_case_id, house, case_id, subject_id, referral_id, at_table, municipality, sub_region, opened_on)
VALUES (%(table_case_id)s, %(house)s, %(case_id)s, %(subject_id)s, %(referral_id)s, %(table)s, %(municipality)s,
        %(sub_region)s, %(opened_on)s)
ON CONFLICT (house, subject_id, at_table) WHERE closed_on IS NULL DO NOTHING
RETURNING table_case_id

-- open_table_cases --
-- Of subjects without a running case at that table, always in the same order, so that two cannot deadlock. Fails when one
-- of them has got one meanwhile
INSERT INTO table_cases (table_case_id, house, case_id, subject_id, referral_id, at_table, municipality, sub_region, opened_on)
SELECT table_case_id, house, case_id, subject_id, referral_id, at_table, municipality, sub_region, opened_on
FROM unnest(%(table_case_id)b::uuid[], %(house)b::text[], %(case_id)b::uuid[], %(subject_id)b::uuid[], %(referral_id)b::uuid[],
            %(table)b::text[], %(municipality)b::text[], %(sub_region)b::text[], %(opened_on)b::date[])
     AS opened (table_case_id, house, case_id, subject_id, referral_id, at_table, municipality, sub_region, opened_on)
ORDER BY house, subject_id, at_table

-- lock_people --
-- Of decisions on two records of one person at the same moment the second waits, and finds what the first opened
SELECT pg_advisory_xact_lock(hashtextextended('tables of ' || person, 0)) FROM unnest(%(people)b::uuid[]) AS people (person)

-- running_table_cases --
-- The cases of these subjects that run at any table; they run until the transaction ends. One by one by index: of a table
-- that has just been filled, a bad plan for a join looks as good as any
SELECT running.table_case_id, subject.house, subject.subject_id, running."table"
FROM unnest(%(house)b::text[], %(subject_id)b::uuid[]) AS subject (house, subject_id)
CROSS JOIN LATERAL (
    SELECT table_case_id, at_table AS "table" FROM table_cases
    WHERE house = subject.house AND subject_id = subject.subject_id AND closed_on IS NULL
    FOR SHARE) AS running

-- add_referral --
-- Referrals that opened a table case or found it running, also after that was withdrawn; each with the first tabling at which
-- it did so
INSERT INTO table_case_referrals AS known (table_case_id, referral_id, referred_on, tabling)
SELECT DISTINCT ON (table_case_id, referral_id) table_case_id, referral_id, referred_on, tabling
FROM unnest(%(table_case_id)b::uuid[], %(referral_id)b::uuid[], %(referred_on)b::date[], %(tabling)b::integer[])
     AS brought (table_case_id, referral_id, referred_on, tabling)
ORDER BY table_case_id, referral_id, tabling
ON CONFLICT (table_case_id, referral_id) DO UPDATE
SET withdrawn_on = NULL,
    (referred_on, tabling) = (
        SELECT known.referred_on, known.tabling WHERE known.withdrawn_on IS NULL
        UNION ALL
        SELECT excluded.referred_on, excluded.tabling WHERE known.withdrawn_on IS NOT NULL
    )

-- add_repeat --
-- Referrals that were weighed while a table case of the subject ran
INSERT INTO repeats (house, table_case_id, referral_id, decision, weighed_on, tabling, for_table)
SELECT * FROM unnest(%(house)b::text[], %(table_case_id)b::uuid[], %(referral_id)b::uuid[], %(decision)b::text[],
                     %(weighed_on)b::date[], %(tabling)b::integer[], %(for_table)b::boolean[])

-- keep_decision --
-- A decision on somebody with several records, as it was told last
INSERT INTO tablings_of_merged_records (referral_id, house, case_id, subject_id, municipality, sub_region, briefing_on, decision,
                                        opens_table, tabling)
VALUES (%(referral_id)s, %(house)s, %(case_id)s, %(subject_id)s, %(municipality)s, %(sub_region)s, %(briefing_on)s, %(decision)s,
        %(opens_table)s, coalesce(%(tabling)s, 0))
ON CONFLICT (referral_id, tabling) DO UPDATE
SET briefing_on = excluded.briefing_on, decision = excluded.decision, opens_table = excluded.opens_table

-- forget_decision --
-- The decision at a tabling of a referral was wrong
DELETE FROM tablings_of_merged_records WHERE referral_id = %(referral_id)s AND tabling IN (0, %(tabling)s)

-- decisions_elsewhere --
-- The decisions on these subjects that stand with a table case of somebody else, as records that were separated are
SELECT referral_id, case_id, subject_id, municipality, sub_region, briefing_on, decision, opens_table, nullif(tabling, 0) AS tabling
FROM tablings_of_merged_records AS decided
WHERE house = %(house)s AND subject_id = ANY(%(subject_ids)s) AND EXISTS (
    SELECT FROM (
        SELECT table_case_id FROM table_case_referrals
        WHERE table_case_referrals.referral_id = decided.referral_id AND withdrawn_on IS NULL
        UNION ALL
        SELECT table_case_id FROM repeats WHERE repeats.referral_id = decided.referral_id AND withdrawn_on IS NULL) AS standing
    JOIN table_cases USING (table_case_id)
    WHERE table_cases.subject_id <> ALL(ARRAY(SELECT id FROM same_person(ARRAY[decided.subject_id]))))
ORDER BY briefing_on, referral_id, tabling

-- forget_decisions --
-- Nobody separates the records of somebody who is forgotten
WITH of_before AS (DELETE FROM decisions_on_merged_records WHERE subject_id = %(subject_id)s)
DELETE FROM tablings_of_merged_records WHERE subject_id = %(subject_id)s

-- withdraw_repeats --
-- The decision at a tabling of a referral was wrong, or at any. Gives the table cases that it found running at their table
UPDATE repeats SET withdrawn_on = %(on)s
WHERE house = %(house)s AND referral_id = %(referral_id)s AND withdrawn_on IS NULL
  AND (%(tabling)s::integer IS NULL OR coalesce(tabling, %(tabling)s) = %(tabling)s)
RETURNING CASE WHEN for_table THEN table_case_id END AS table_case_id

-- referred_on --
-- When a referral found a table case running at its table last, if it did. Of before for_table was kept: when it did first
SELECT coalesce(
    (SELECT max(weighed_on) FROM repeats
     WHERE table_case_id = %(table_case_id)s AND referral_id = %(referral_id)s AND for_table AND withdrawn_on IS NULL),
    (SELECT referred_on FROM table_case_referrals AS brought JOIN table_cases USING (table_case_id)
     WHERE table_case_id = %(table_case_id)s AND brought.referral_id = %(referral_id)s AND brought.withdrawn_on IS NULL
       AND table_cases.referral_id <> brought.referral_id)) AS referred_on

-- brought --
-- The table cases that a referral opened or found running at a tabling, or at any, locked; always in the same order, so that two
-- cannot deadlock
SELECT table_case_id, house, case_id, subject_id, referral_id, at_table AS "table", municipality, sub_region, opened_on,
       closed_on, outcome, running_on_reason, without_plan_because, withdrawn_on, decision_corrected_on
FROM table_cases
WHERE house = %(house)s AND withdrawn_on IS NULL AND table_case_id IN (
        SELECT table_case_id FROM table_case_referrals
        WHERE referral_id = %(referral_id)s AND withdrawn_on IS NULL
          AND (%(tabling)s::integer IS NULL OR coalesce(tabling, %(tabling)s) = %(tabling)s))
ORDER BY table_case_id
FOR UPDATE

-- is_untouched --
-- Whether nothing happened to a table case but its opening
SELECT FROM table_cases
WHERE table_case_id = %(table_case_id)s AND closed_on IS NULL
  AND NOT EXISTS (SELECT FROM action_plans
                  WHERE action_plans.table_case_id = table_cases.table_case_id AND superseded_at IS NULL)
  AND NOT EXISTS (SELECT FROM session_cases JOIN sessions USING (session_id)
                  WHERE session_cases.table_case_id = table_cases.table_case_id AND state <> 'cancelled')
  AND NOT EXISTS (SELECT FROM table_case_referrals AS others
                  WHERE others.table_case_id = table_cases.table_case_id
                    AND others.referral_id <> table_cases.referral_id AND withdrawn_on IS NULL)

-- withdraw_table_case --
-- The decision that opened a table case was wrong
UPDATE table_cases SET closed_on = greatest(%(on)s, opened_on), withdrawn_on = %(on)s WHERE table_case_id = %(table_case_id)s

-- mark_decision --
-- Since when the decision that opened a table case is known to be wrong, if it is
UPDATE table_cases SET decision_corrected_on = %(on)s WHERE table_case_id = %(table_case_id)s

-- withdraw_referral --
-- A referral did not bring a case to its table
UPDATE table_case_referrals SET withdrawn_on = %(on)s
WHERE table_case_id = %(table_case_id)s AND referral_id = %(referral_id)s

-- table_cases_to_change --
-- Some of a house's table cases, locked until the transaction ends; always in the same order, so that two cannot deadlock
SELECT table_case_id, house, case_id, subject_id, referral_id, at_table AS "table", municipality, sub_region, opened_on,
       closed_on, outcome, running_on_reason, without_plan_because, withdrawn_on, decision_corrected_on
FROM table_cases
WHERE house = %(house)s AND table_case_id = ANY(%(table_case_ids)b)
ORDER BY table_case_id
FOR UPDATE

-- table_cases --
-- A page of a house's table cases, oldest first; a referral finds those that it opened or found running
SELECT table_case_id, house, case_id, subject_id, referral_id, at_table AS "table", municipality, sub_region, opened_on,
       closed_on, outcome, running_on_reason, without_plan_because, withdrawn_on, decision_corrected_on
FROM table_cases
WHERE house = %(house)s
  AND (%(table)s::text IS NULL OR at_table = %(table)s)
  AND (%(state)s::text IS NULL OR %(state)s = CASE
        WHEN withdrawn_on IS NOT NULL THEN 'withdrawn' WHEN closed_on IS NOT NULL THEN 'closed' ELSE 'open' END)
  AND (%(decision_corrected)s::boolean IS NULL OR (decision_corrected_on IS NOT NULL) = %(decision_corrected)s)
  AND (%(meeting_wanted)s::boolean IS NULL
       OR EXISTS (SELECT FROM wanted_meetings WHERE wanted_meetings.table_case_id = table_cases.table_case_id) = %(meeting_wanted)s)
  AND (%(release_on)s::date IS NULL OR case_id IN (
        SELECT id FROM same_person(ARRAY(
            SELECT releases.case_id FROM releases WHERE releases.house = %(house)s AND release_on = %(release_on)s))))
  AND (%(referral_id)s::uuid IS NULL OR table_case_id IN (
        SELECT table_case_id FROM table_case_referrals WHERE referral_id = %(referral_id)s AND withdrawn_on IS NULL))
  AND (%(after)s::uuid IS NULL OR (opened_on, table_case_id) > (
        SELECT opened_on, table_case_id FROM table_cases WHERE table_case_id = %(after)s))
ORDER BY opened_on, table_case_id
LIMIT %(limit)s

-- table_case --
-- One of a house's table cases
SELECT table_case_id, house, case_id, subject_id, referral_id, at_table AS "table", municipality, sub_region, opened_on,
       closed_on, outcome, running_on_reason, without_plan_because, withdrawn_on, decision_corrected_on
FROM table_cases
WHERE house = %(house)s AND table_case_id = %(table_case_id)s

-- table_cases_of_case --
-- The table cases of the person of a case of a house, the newest first
SELECT table_case_id, house, case_id, subject_id, referral_id, at_table AS "table", municipality, sub_region, opened_on,
       closed_on, outcome, running_on_reason, without_plan_because, withdrawn_on, decision_corrected_on
FROM table_cases
WHERE house = %(house)s AND case_id = ANY(ARRAY(SELECT id FROM same_person(ARRAY[%(case_id)s::uuid])))
ORDER BY opened_on DESC, table_case_id
LIMIT %(limit)s

-- referrals --
-- The referrals of a table case, in the order in which they came
SELECT referral_id, referred_on, recorded_at, withdrawn_on
FROM table_case_referrals
WHERE table_case_id = %(table_case_id)s
ORDER BY referred_on, referral_id

-- repeats_of_case --
-- The referrals on its subject that were weighed while a table case ran
SELECT referral_id, decision, weighed_on, recorded_at, withdrawn_on
FROM repeats
WHERE table_case_id = %(table_case_id)s
ORDER BY weighed_on, referral_id

-- repeats --
-- A page of the referrals on subjects of running table cases that were weighed since the standing plan or else the opening
SELECT repeat_id, repeats.table_case_id, case_id, at_table AS "table", repeats.referral_id, decision, weighed_on
FROM repeats
JOIN table_cases ON table_cases.table_case_id = repeats.table_case_id
LEFT JOIN action_plans ON action_plans.table_case_id = repeats.table_case_id AND replaced_on IS NULL
WHERE repeats.house = %(house)s AND closed_on IS NULL AND repeats.withdrawn_on IS NULL
  AND weighed_on >= coalesce(agreed_on, opened_on)
  AND (%(after)s::uuid IS NULL OR (weighed_on, repeat_id) > (
        SELECT weighed_on, repeat_id FROM repeats WHERE repeat_id = %(after)s))
ORDER BY weighed_on, repeat_id
LIMIT %(limit)s

-- is_repeat --
-- Whether a house has a repeat
SELECT FROM repeats WHERE house = %(house)s AND repeat_id = %(repeat_id)s
