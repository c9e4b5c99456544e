-- situations --
-- Everybody whose release date, as known on a day, is that day or later, or is not known, and for whom the house prepares the
-- release; the first to go first, as they stand on that day; one stay in prison of a person once. Those after another person, or from the first on
SELECT detention_id, case_id, municipality, registered_on, release_on,
       EXISTS (SELECT FROM conversations
               WHERE conversations.detention_id = detentions.detention_id AND held_on <= %(on)s) AS conversation_held,
       refused_on IS NOT NULL AND (made_on IS NULL OR refused_on > made_on) AS refused,
       domains AS plan
FROM detentions
LEFT JOIN LATERAL counting_release_date(detention_id, %(on)s) AS release ON true
LEFT JOIN LATERAL (
    SELECT plan_id, made_on FROM plans
    WHERE plans.detention_id = detentions.detention_id AND made_on <= %(on)s AND plans.withdrawn_at IS NULL
    ORDER BY version DESC LIMIT 1) AS plan ON true
CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('domain', life_domain, 'bottleneck', bottleneck, 'referred_to', referred_to,
                                        'accepted', accepted) ORDER BY place) AS domains
    FROM plan_domains WHERE plan_domains.plan_id = plan.plan_id) AS planned
CROSS JOIN LATERAL (
    SELECT max(refused_on) AS refused_on FROM refusals
    WHERE refusals.detention_id = detentions.detention_id AND refused_on <= %(on)s
      AND refusals.withdrawn_at IS NULL) AS refusal
WHERE house = %(house)s AND NOT own_aftercare AND open_until >= %(on)s AND (withdrawn_on IS NULL OR withdrawn_on > %(on)s)
  AND same_stay_as(detentions) IS NULL
  AND (release_on IS NULL OR release_on BETWEEN %(on)s AND %(on)s + %(days)s)
  AND (%(municipality)s::text IS NULL OR municipality = %(municipality)s)
  AND (%(detention_ids)s::uuid[] IS NULL OR detention_id = ANY(%(detention_ids)s))
  AND (%(after)s::uuid IS NULL
       OR (coalesce(release_on, 'infinity'), detention_id) > (coalesce(%(after_on)s::date, 'infinity'), %(after)s))
ORDER BY release_on NULLS LAST, detention_id
LIMIT %(limit)s

-- raised_preparations --
-- What was raised in a house about detentions
SELECT detention_id, preparation, level FROM overdue_preparations
WHERE house = %(house)s AND detention_id = ANY(%(detention_ids)s)

-- raise_preparation --
-- Preparations have reached a level
INSERT INTO overdue_preparations (detention_id, preparation, level, house, due_on, standing)
SELECT *, true FROM unnest(%(detention_id)s::uuid[], %(preparation)s::text[], %(level)s::text[], %(house)s::text[],
                           %(due_on)s::date[])

-- settle --
-- What was raised in a house and is missing no more
UPDATE overdue_preparations SET standing = false
WHERE house = %(house)s AND standing AND (detention_id, preparation) NOT IN (
        SELECT * FROM unnest(%(detention_ids)s::uuid[], %(preparations)s::text[]))

-- raise_again --
-- What was raised in a house, was ready, and is missing again
UPDATE overdue_preparations SET standing = true
FROM unnest(%(detention_ids)s::uuid[], %(preparations)s::text[]) AS missing (detention_id, preparation)
WHERE house = %(house)s AND NOT standing AND overdue_preparations.detention_id = missing.detention_id
  AND overdue_preparations.preparation = missing.preparation
