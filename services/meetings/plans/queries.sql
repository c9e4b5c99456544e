-- standing_plan --
-- The action plan of a table case that is not replaced
SELECT action_plan_id, agreed_on, case_holder
FROM action_plans
WHERE table_case_id = %(table_case_id)s AND replaced_on IS NULL

-- plan_before --
-- The last plan of a table case that was replaced by another
SELECT action_plan_id, agreed_on, case_holder
FROM action_plans
WHERE table_case_id = %(table_case_id)s AND replaced_on IS NOT NULL AND superseded_at IS NULL
ORDER BY replaced_on DESC, agreed_on DESC, recorded_at DESC NULLS LAST
LIMIT 1

-- table_case_of --
-- The table case of one of a house's plans
SELECT table_case_id FROM action_plans WHERE house = %(house)s AND action_plan_id = %(action_plan_id)s

-- plans --
-- All plans of a table case, in the order in which they were agreed
SELECT action_plan_id, agreed_on, case_holder, replaced_on, recorded_by, recorded_at, because, superseded_by, superseded_at
FROM action_plans
WHERE table_case_id = %(table_case_id)s
ORDER BY agreed_on, recorded_at NULLS FIRST

-- agreements --
-- What some plans agree, each in its order
SELECT action_plan_id AS plan_id, owner_partner, owner_person, life_domain, what, due_on
FROM agreements
WHERE action_plan_id = ANY(%(action_plan_ids)b)
ORDER BY action_plan_id, place

-- replace_plan --
-- The plan that stood makes room for the next
UPDATE action_plans
SET replaced_on = %(replaced_on)s
WHERE table_case_id = %(table_case_id)s AND replaced_on IS NULL

-- withdraw_plan --
-- A plan that was never agreed
UPDATE action_plans
SET replaced_on = agreed_on, because = %(because)s, superseded_by = %(superseded_by)s, superseded_at = now()
WHERE action_plan_id = %(action_plan_id)s

-- restore_plan --
-- A plan that stands again
UPDATE action_plans SET replaced_on = NULL WHERE action_plan_id = %(action_plan_id)s

-- add_plan --
-- An action plan that stands
INSERT INTO action_plans (action_plan_id, house, table_case_id, agreed_on, case_holder, recorded_by, recorded_at)
VALUES (%(action_plan_id)s, %(house)s, %(table_case_id)s, %(agreed_on)s, %(case_holder)s, %(recorded_by)s, now())

-- add_agreement --
-- One agreement of a plan
INSERT INTO agreements (action_plan_id, place, owner_partner, owner_person, life_domain, what, due_on)
VALUES (%(action_plan_id)s, %(place)s, %(owner_partner)s, %(owner_person)s, %(life_domain)s, %(what)s, %(due_on)s)

-- drop_moments --
-- The moments of a table case that wait for their answer, when its first plan is withdrawn or gets another day
DELETE FROM monitoring_moments WHERE table_case_id = %(table_case_id)s AND answered_on IS NULL

-- add_moment --
-- One monitoring moment of a table case
INSERT INTO monitoring_moments (house, table_case_id, action_plan_id, code, due_on)
VALUES (%(house)s, %(table_case_id)s, %(action_plan_id)s, %(code)s, %(due_on)s)

-- moments --
-- The monitoring moments of a table case, in their order. The version before made new ones for each plan: of those with one
-- code the one that is answered counts, or else the first
SELECT code, due_on, answered_on, plan_stands, note
FROM (
    SELECT DISTINCT ON (code) code, due_on, answered_on, plan_stands, note
    FROM monitoring_moments
    WHERE table_case_id = %(table_case_id)s
    ORDER BY code, answered_on IS NULL, due_on
) AS counting
ORDER BY due_on, code

-- answer_moment --
-- What the case holder said; nothing, when an answer is withdrawn
UPDATE monitoring_moments
SET answered_on = %(answered_on)s, plan_stands = %(plan_stands)s, note = %(note)s, recorded_by = %(recorded_by)s,
    recorded_at = CASE WHEN %(answered_on)s::date IS NOT NULL THEN now() END
WHERE table_case_id = %(table_case_id)s AND code = %(code)s AND due_on = %(due_on)s

-- supersede_answer --
-- Keep an answer that is corrected or withdrawn
INSERT INTO superseded_answers (house, table_case_id, code, answered_on, plan_stands, note, recorded_by, recorded_at, because, superseded_by)
SELECT house, table_case_id, code, answered_on, plan_stands, note, recorded_by, recorded_at, %(because)s, %(superseded_by)s
FROM monitoring_moments
WHERE table_case_id = %(table_case_id)s AND code = %(code)s AND due_on = %(due_on)s

-- answers --
-- All answers of a table case, also those that were corrected or withdrawn
SELECT code, answered_on, plan_stands, note, recorded_by, recorded_at, because, superseded_by, superseded_at
FROM superseded_answers
WHERE table_case_id = %(table_case_id)s
UNION ALL
SELECT code, answered_on, plan_stands, note, recorded_by, recorded_at, NULL, NULL, NULL
FROM monitoring_moments
WHERE table_case_id = %(table_case_id)s AND answered_on IS NOT NULL
ORDER BY answered_on, recorded_at NULLS FIRST

-- is_moment --
-- Whether a house has a monitoring moment
SELECT FROM monitoring_moments WHERE house = %(house)s AND moment_id = %(moment_id)s

-- due_moments --
-- A page of the moments of running table cases that wait for their answer, longest due first
SELECT moment_id, table_case_id, case_id, at_table AS "table", sub_region, case_holder, code, due_on
FROM monitoring_moments AS moment
JOIN action_plans AS standing USING (house, table_case_id)
JOIN table_cases USING (table_case_id, house)
WHERE house = %(house)s AND due_on <= %(due_by)s
  AND answered_on IS NULL AND replaced_on IS NULL AND closed_on IS NULL
  AND NOT EXISTS (
        SELECT FROM monitoring_moments AS other
        WHERE other.table_case_id = moment.table_case_id AND other.code = moment.code
          AND (other.answered_on IS NOT NULL OR (other.due_on, other.moment_id) < (moment.due_on, moment.moment_id)))
  AND (%(after)s::uuid IS NULL OR (due_on, moment_id) > (
        SELECT due_on, moment_id FROM monitoring_moments WHERE moment_id = %(after)s))
ORDER BY due_on, moment_id
LIMIT %(limit)s
