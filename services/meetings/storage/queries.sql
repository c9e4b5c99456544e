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

-- close_table_case --
-- The closing of a table case
UPDATE table_cases
SET closed_on = %(closed_on)s, outcome = %(outcome)s, running_on_reason = %(running_on_reason)s
WHERE table_case_id = %(table_case_id)s

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

-- is_planned --
-- Whether a session is there
SELECT FROM sessions WHERE session_id = %(session_id)s

-- add_session --
-- One sitting of a table
INSERT INTO sessions (session_id, house, at_table, sub_region, held_on, reason)
VALUES (%(session_id)s, %(house)s, %(table)s, %(sub_region)s, %(held_on)s, %(reason)s)

-- add_session_cases --
-- The cases of a session, in their order
INSERT INTO session_cases (session_id, table_case_id, place)
SELECT %(session_id)s, table_case_id, place
FROM unnest(%(table_case_ids)b::uuid[]) WITH ORDINALITY AS cases (table_case_id, place)

-- discussed --
-- Which of these table cases are on a session
SELECT DISTINCT table_case_id FROM session_cases WHERE table_case_id = ANY(%(table_case_ids)b)

-- sessions --
-- The sessions that a table case is on
SELECT session_id, at_table AS "table", sub_region, held_on, reason
FROM sessions JOIN session_cases USING (session_id)
WHERE table_case_id = %(table_case_id)s
ORDER BY held_on, session_id

-- standing_plan --
-- The action plan of a table case that is not replaced
SELECT action_plan_id, agreed_on, case_holder
FROM action_plans
WHERE table_case_id = %(table_case_id)s AND replaced_on IS NULL

-- agreements --
-- What a plan agrees, in its order
SELECT owner_partner, owner_person, life_domain, what, due_on
FROM agreements
WHERE action_plan_id = %(action_plan_id)s
ORDER BY place

-- replace_plan --
-- The plan that stood makes room for the next
UPDATE action_plans
SET replaced_on = %(replaced_on)s
WHERE table_case_id = %(table_case_id)s AND replaced_on IS NULL

-- add_plan --
-- An action plan that stands
INSERT INTO action_plans (action_plan_id, house, table_case_id, agreed_on, case_holder)
VALUES (%(action_plan_id)s, %(house)s, %(table_case_id)s, %(agreed_on)s, %(case_holder)s)

-- add_agreement --
-- One agreement of a plan
INSERT INTO agreements (action_plan_id, place, owner_partner, owner_person, life_domain, what, due_on)
VALUES (%(action_plan_id)s, %(place)s, %(owner_partner)s, %(owner_person)s, %(life_domain)s, %(what)s, %(due_on)s)

-- add_moment --
-- One monitoring moment of a plan
INSERT INTO monitoring_moments (house, table_case_id, action_plan_id, code, due_on)
VALUES (%(house)s, %(table_case_id)s, %(action_plan_id)s, %(code)s, %(due_on)s)

-- moments --
-- The monitoring moments of a plan, in their order
SELECT code, due_on, answered_on, plan_stands, note
FROM monitoring_moments
WHERE action_plan_id = %(action_plan_id)s
ORDER BY due_on, code

-- answer_moment --
-- What the case holder said
UPDATE monitoring_moments
SET answered_on = %(answered_on)s, plan_stands = %(plan_stands)s, note = %(note)s
WHERE action_plan_id = %(action_plan_id)s AND code = %(code)s

-- is_moment --
-- Whether a house has a monitoring moment
SELECT FROM monitoring_moments WHERE house = %(house)s AND moment_id = %(moment_id)s

-- due_moments --
-- A page of the moments of standing plans of running table cases that wait for their answer, longest due first
SELECT moment_id, table_case_id, case_id, at_table AS "table", sub_region, case_holder, code, due_on
FROM monitoring_moments
JOIN action_plans USING (action_plan_id, house, table_case_id)
JOIN table_cases USING (table_case_id, house)
WHERE house = %(house)s AND due_on <= %(due_by)s
  AND answered_on IS NULL AND replaced_on IS NULL AND closed_on IS NULL
  AND (%(after)s::uuid IS NULL OR (due_on, moment_id) > (
        SELECT due_on, moment_id FROM monitoring_moments WHERE moment_id = %(after)s))
ORDER BY due_on, moment_id
LIMIT %(limit)s
