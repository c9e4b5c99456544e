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

-- running_table_cases --
-- Which of these subjects have a case running at that table, which then runs until the transaction ends. One by one by index:
-- of a table that has just been filled, a bad plan for a join looks as good as any
SELECT running.table_case_id, seat.house, seat.subject_id, seat."table"
FROM unnest(%(house)b::text[], %(subject_id)b::uuid[], %(table)b::text[]) AS seat (house, subject_id, "table")
CROSS JOIN LATERAL (
    SELECT table_case_id FROM table_cases
    WHERE house = seat.house AND subject_id = seat.subject_id AND at_table = seat."table" AND closed_on IS NULL
    FOR SHARE) AS running

-- add_referral --
-- Referrals that opened a table case or found it running
INSERT INTO table_case_referrals (table_case_id, referral_id, referred_on)
SELECT * FROM unnest(%(table_case_id)b::uuid[], %(referral_id)b::uuid[], %(referred_on)b::date[])
ON CONFLICT DO NOTHING

-- table_cases_to_change --
-- Some of a house's table cases, locked until the transaction ends; always in the same order, so that two cannot deadlock
SELECT table_case_id, house, case_id, subject_id, referral_id, at_table AS "table", municipality, sub_region, opened_on,
       closed_on, outcome, running_on_reason
FROM table_cases
WHERE house = %(house)s AND table_case_id = ANY(%(table_case_ids)b)
ORDER BY table_case_id
FOR UPDATE

-- table_cases --
-- A page of a house's table cases, oldest first; a referral finds those that it opened or found running
SELECT table_case_id, house, case_id, subject_id, referral_id, at_table AS "table", municipality, sub_region, opened_on,
       closed_on, outcome, running_on_reason
FROM table_cases
WHERE house = %(house)s
  AND (%(table)s::text IS NULL OR at_table = %(table)s)
  AND (%(running)s::boolean IS NULL OR (closed_on IS NULL) = %(running)s)
  AND (%(referral_id)s::uuid IS NULL OR table_case_id IN (
        SELECT table_case_id FROM table_case_referrals WHERE referral_id = %(referral_id)s))
  AND (%(after)s::uuid IS NULL OR (opened_on, table_case_id) > (
        SELECT opened_on, table_case_id FROM table_cases WHERE table_case_id = %(after)s))
ORDER BY opened_on, table_case_id
LIMIT %(limit)s

-- table_case --
-- One of a house's table cases
SELECT table_case_id, house, case_id, subject_id, referral_id, at_table AS "table", municipality, sub_region, opened_on,
       closed_on, outcome, running_on_reason
FROM table_cases
WHERE house = %(house)s AND table_case_id = %(table_case_id)s

-- referrals --
-- The referrals of a table case, in the order in which they came
SELECT referral_id, referred_on
FROM table_case_referrals
WHERE table_case_id = %(table_case_id)s
ORDER BY referred_on, referral_id
