-- releases_to_see --
-- The releases before a day that were not seen before, but for those of municipalities that do their own aftercare
SELECT detention_id, case_id, municipality, registered_on, release_on AS released_on, planned_on, refused_on
FROM detentions
CROSS JOIN LATERAL (
    SELECT release_on FROM release_dates WHERE release_dates.detention_id = detentions.detention_id
    ORDER BY position DESC LIMIT 1) AS release
CROSS JOIN LATERAL (
    SELECT min(made_on) AS planned_on FROM plans WHERE plans.detention_id = detentions.detention_id) AS plan
CROSS JOIN LATERAL (
    SELECT min(refused_on) AS refused_on FROM refusals
    WHERE refusals.detention_id = detentions.detention_id) AS refusal
WHERE house = %(house)s AND NOT own_aftercare AND release_on < %(on)s
  AND NOT EXISTS (SELECT FROM releases
                  WHERE releases.detention_id = detentions.detention_id AND released_on = release_on)
ORDER BY release_on, detention_id

-- see_release --
-- Releases, each with what somebody left
INSERT INTO releases (detention_id, released_on, house, prepared)
SELECT * FROM unnest(%(detention_id)s::uuid[], %(released_on)s::date[], %(house)s::text[], %(prepared)s::text[])

-- breaches --
-- A page of the releases for which nothing was prepared, longest ago first, each with what became of it
SELECT release_id, detention_id, released_on, case_id, municipality, institution, release_on, planned_on, refused_on, state
FROM releases
JOIN detentions USING (detention_id, house)
CROSS JOIN LATERAL (
    SELECT release_on FROM release_dates WHERE release_dates.detention_id = releases.detention_id
    ORDER BY position DESC LIMIT 1) AS release
CROSS JOIN LATERAL (
    SELECT min(made_on) AS planned_on FROM plans WHERE plans.detention_id = releases.detention_id) AS plan
CROSS JOIN LATERAL (
    SELECT min(refused_on) AS refused_on FROM refusals
    WHERE refusals.detention_id = releases.detention_id) AS refusal
CROSS JOIN LATERAL (
    SELECT CASE WHEN release_on <> released_on OR least(planned_on, refused_on) <= released_on THEN 'withdrawn'
                WHEN coalesce(planned_on, refused_on) IS NOT NULL THEN 'mended'
                ELSE 'open' END AS state) AS become
WHERE house = %(house)s AND prepared = 'nothing'
  AND (%(state)s::text IS NULL OR state = %(state)s)
  AND (%(municipality)s::text IS NULL OR municipality = %(municipality)s)
  AND (%(release_id)s::uuid IS NULL OR release_id = %(release_id)s)
  AND (%(after)s::uuid IS NULL OR (released_on, release_id) > (
        SELECT earlier.released_on, earlier.release_id FROM releases AS earlier WHERE earlier.release_id = %(after)s))
ORDER BY released_on, release_id
LIMIT %(limit)s
