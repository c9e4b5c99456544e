-- releases_to_see --
-- The releases before a day that were not seen before, but for those of municipalities that do their own aftercare; one stay in
-- prison of a person once
SELECT detention_id, case_id, municipality, registered_on, release_to_see AS released_on, planned_on, refused_on
FROM detentions
CROSS JOIN LATERAL (
    SELECT min(made_on) AS planned_on FROM plans
    WHERE plans.detention_id = detentions.detention_id AND plans.withdrawn_at IS NULL) AS plan
CROSS JOIN LATERAL (
    SELECT min(refused_on) AS refused_on FROM refusals
    WHERE refusals.detention_id = detentions.detention_id AND refusals.withdrawn_at IS NULL) AS refusal
WHERE house = %(house)s AND NOT own_aftercare AND withdrawn_on IS NULL AND release_to_see < %(on)s
  AND same_stay_as(detentions) IS NULL
ORDER BY release_to_see, detention_id

-- see_release --
-- Releases, each with what somebody left
INSERT INTO releases (detention_id, released_on, house, prepared)
SELECT * FROM unnest(%(detention_id)s::uuid[], %(released_on)s::date[], %(house)s::text[], %(prepared)s::text[])

-- breaches --
-- A page of the releases for which nothing was prepared, longest ago first, each with what became of it. An excuse is what makes a
-- breach none: a plan or refusal from before the release, another release date, or that the detention is withdrawn. An
-- excuse that a person recorded after the release was seen disputes the breach, until another person confirms it
SELECT release_id, detention_id, released_on, case_id, municipality, institution, release_on, changed_on AS announced_on,
       planned_on, refused_on, state, recorders
FROM releases
JOIN detentions USING (detention_id, house)
CROSS JOIN LATERAL counting_release_date(detention_id) AS release
CROSS JOIN LATERAL (
    SELECT min(made_on) AS planned_on FROM plans
    WHERE plans.detention_id = releases.detention_id AND plans.withdrawn_at IS NULL) AS plan
CROSS JOIN LATERAL (
    SELECT min(refused_on) AS refused_on FROM refusals
    WHERE refusals.detention_id = releases.detention_id AND refusals.withdrawn_at IS NULL) AS refusal
CROSS JOIN LATERAL (
    SELECT bool_or(NOT late) AS timely, min(recorded_at) FILTER (WHERE late) AS disputed_at,
           coalesce(array_agg(DISTINCT recorded_by) FILTER (WHERE late AND recorded_by IS NOT NULL), '{}') AS recorders
    FROM (
        SELECT recorded_by, recorded_at, coalesce(by_person AND recorded_at > seen_at, false) AS late
        FROM (
            SELECT recorded_by, recorded_at, true FROM plans
            WHERE plans.detention_id = releases.detention_id AND plans.withdrawn_at IS NULL AND made_on <= released_on
            UNION ALL
            SELECT recorded_by, recorded_at, true FROM refusals
            WHERE refusals.detention_id = releases.detention_id AND refusals.withdrawn_at IS NULL
              AND refusals.refused_on <= released_on
            UNION ALL
            SELECT release.recorded_by, release.recorded_at, release.recorded_by <> source
            WHERE release_on IS DISTINCT FROM released_on
            UNION ALL
            SELECT withdrawn_by, withdrawn_at, true WHERE withdrawn_on IS NOT NULL
        ) AS fact (recorded_by, recorded_at, by_person)
    ) AS excuse (recorded_by, recorded_at, late)) AS excused
CROSS JOIN LATERAL (
    SELECT CASE WHEN timely OR EXISTS (SELECT FROM breach_confirmations AS confirmed
                                       WHERE confirmed.release_id = releases.release_id
                                         AND confirmed.recorded_at >= disputed_at) THEN 'withdrawn'
                WHEN disputed_at IS NOT NULL THEN 'disputed'
                WHEN coalesce(planned_on, refused_on) IS NOT NULL THEN 'mended'
                ELSE 'open' END AS state) AS become
WHERE house = %(house)s AND prepared = 'nothing'
  AND (%(states)s::text[] IS NULL OR state = ANY(%(states)s))
  AND (%(municipality)s::text IS NULL OR municipality = %(municipality)s)
  AND (%(release_ids)s::uuid[] IS NULL OR release_id = ANY(%(release_ids)s))
  AND (%(after)s::uuid IS NULL OR (released_on, release_id) > (
        SELECT earlier.released_on, earlier.release_id FROM releases AS earlier WHERE earlier.release_id = %(after)s))
ORDER BY released_on, release_id
LIMIT %(limit)s

-- lock_release --
-- Hold back whoever else would confirm something of a release, until the transaction ends
SELECT release_id FROM releases WHERE house = %(house)s AND release_id = %(release_id)s FOR UPDATE

-- confirm_breach --
-- Somebody else confirms that a breach was none
INSERT INTO breach_confirmations (house, release_id, because, recorded_by)
VALUES (%(house)s, %(release_id)s, %(because)s, %(by)s)
