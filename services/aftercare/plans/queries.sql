-- plans --
-- Each plan of a detention, withdrawn or not, the first version first; a row a life domain
SELECT made_on, version, recorded_by, recorded_at, withdrawn_by, withdrawn_at, withdrawn_because,
       life_domain AS domain, bottleneck, need, agreement, owner, due_on, referred_to, accepted
FROM plans JOIN plan_domains USING (plan_id)
WHERE detention_id = %(detention_id)s
ORDER BY version, place

-- add_plan --
-- A plan that stands
INSERT INTO plans (plan_id, house, detention_id, made_on, version, recorded_by)
VALUES (%(plan_id)s, %(house)s, %(detention_id)s, %(made_on)s, %(version)s, %(recorded_by)s)

-- add_plan_domain --
-- What a plan says on one life domain
INSERT INTO plan_domains (plan_id, life_domain, place, bottleneck, need, agreement, owner, due_on, referred_to, accepted)
VALUES (%(plan_id)s, %(domain)s, %(place)s, %(bottleneck)s, %(need)s, %(agreement)s, %(owner)s, %(due_on)s,
        %(referred_to)s, %(accepted)s)

-- withdraw_plan --
-- A plan was a slip
UPDATE plans SET withdrawn_at = now(), withdrawn_by = %(by)s, withdrawn_because = %(because)s
WHERE detention_id = %(detention_id)s AND version = %(version)s

-- add_refusal --
-- Somebody wants no plan
INSERT INTO refusals (house, detention_id, refused_on, reason, recorded_by)
VALUES (%(house)s, %(detention_id)s, %(refused_on)s, %(reason)s, %(recorded_by)s)

-- withdraw_refusal --
-- A refusal was a slip: the last one of that day that stands
UPDATE refusals SET withdrawn_at = now(), withdrawn_by = %(by)s, withdrawn_because = %(because)s
WHERE position = (SELECT max(position) FROM refusals
                  WHERE detention_id = %(detention_id)s AND refused_on = %(refused_on)s AND withdrawn_at IS NULL)

-- refusals --
-- Each refusal of a plan in a detention, withdrawn or not, in the order in which they came
SELECT refused_on, reason, recorded_by, recorded_at, withdrawn_by, withdrawn_at, withdrawn_because
FROM refusals WHERE detention_id = %(detention_id)s ORDER BY position
