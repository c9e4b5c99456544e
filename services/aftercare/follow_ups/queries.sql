-- add_follow_up --
-- What became of a plan's bottlenecks, as answered at a moment
WITH answer AS (
    INSERT INTO follow_ups (house, detention_id, moment, answered_on, recorded_by)
    VALUES (%(house)s, %(detention_id)s, %(moment)s, %(answered_on)s, %(recorded_by)s)
    RETURNING position
)
INSERT INTO follow_up_domains (position, life_domain, place, solved)
SELECT answer.position, life_domain, place, solved
FROM answer, unnest(%(domains)s::text[], %(solved)s::boolean[]) WITH ORDINALITY AS each (life_domain, solved, place)

-- follow_ups --
-- Each answer of a detention, withdrawn or not, in the order in which they came
SELECT moment, answered_on, domains, solved, recorded_by, recorded_at, withdrawn_by, withdrawn_at, withdrawn_because
FROM follow_ups
CROSS JOIN LATERAL (
    SELECT array_agg(life_domain ORDER BY place) AS domains, array_agg(solved ORDER BY place) AS solved
    FROM follow_up_domains WHERE follow_up_domains.position = follow_ups.position) AS each
WHERE detention_id = %(detention_id)s
ORDER BY position

-- withdraw_follow_up --
-- An answer was a slip: the last one of that moment and day that stands
UPDATE follow_ups SET withdrawn_at = now(), withdrawn_by = %(by)s, withdrawn_because = %(because)s
WHERE position = (SELECT max(position) FROM follow_ups
                  WHERE detention_id = %(detention_id)s AND moment = %(moment)s AND answered_on = %(answered_on)s
                    AND withdrawn_at IS NULL)
