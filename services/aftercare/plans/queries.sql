-- standing_plan --
-- The plan of a detention that is not replaced, a row a life domain
SELECT made_on, (SELECT count(*) FROM plans AS each WHERE each.detention_id = plans.detention_id) AS version,
       life_domain AS domain, bottleneck, need, agreement, owner, due_on, referred_to, accepted
FROM plans JOIN plan_domains USING (plan_id)
WHERE detention_id = %(detention_id)s AND replaced_on IS NULL
ORDER BY place

-- replace_plan --
-- The plan that stood makes room for the next
UPDATE plans SET replaced_on = %(made_on)s WHERE detention_id = %(detention_id)s AND replaced_on IS NULL

-- add_plan --
-- A plan that stands
INSERT INTO plans (plan_id, house, detention_id, made_on)
VALUES (%(plan_id)s, %(house)s, %(detention_id)s, %(made_on)s)

-- add_plan_domain --
-- What a plan says on one life domain
INSERT INTO plan_domains (plan_id, life_domain, place, bottleneck, need, agreement, owner, due_on, referred_to, accepted)
VALUES (%(plan_id)s, %(domain)s, %(place)s, %(bottleneck)s, %(need)s, %(agreement)s, %(owner)s, %(due_on)s,
        %(referred_to)s, %(accepted)s)

-- add_refusal --
-- Somebody wants no plan
INSERT INTO refusals (house, detention_id, refused_on, reason)
VALUES (%(house)s, %(detention_id)s, %(refused_on)s, %(reason)s)

-- refusals --
-- Each refusal of a plan in a detention, in the order in which they came
SELECT refused_on, reason FROM refusals WHERE detention_id = %(detention_id)s ORDER BY position
