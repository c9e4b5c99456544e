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
