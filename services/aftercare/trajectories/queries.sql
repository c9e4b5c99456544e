-- lock_trajectories --
-- Hold back whoever else would start a trajectory in a case, until the transaction ends
SELECT pg_advisory_xact_lock(hashtextextended('trajectories of ' || %(case_id)s::text, 0))

-- lock_trajectory --
-- Hold back whoever else would change a trajectory, until the transaction ends
SELECT trajectory_id FROM trajectories WHERE house = %(house)s AND trajectory_id = %(trajectory_id)s FOR UPDATE

-- trajectories --
-- A page of a house's trajectories, longest ago first, each with its needs, stages and transports
SELECT trajectory_id, house, case_id, detention_id, municipality, provider, kind, starts_on, ended_on, result, version,
       needs, stages, reached_on, transports
FROM trajectories
CROSS JOIN LATERAL (
    SELECT array_agg(life_domain ORDER BY place) AS needs
    FROM trajectory_needs WHERE trajectory_needs.trajectory_id = trajectories.trajectory_id) AS need
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(stage ORDER BY position), '{}') AS stages,
           coalesce(array_agg(reached_on ORDER BY position), '{}') AS reached_on
    FROM trajectory_stages
    WHERE trajectory_stages.trajectory_id = trajectories.trajectory_id AND withdrawn_at IS NULL) AS stage
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(fetched_on ORDER BY fetched_on), '{}') AS transports
    FROM trajectory_transports
    WHERE trajectory_transports.trajectory_id = trajectories.trajectory_id AND withdrawn_at IS NULL) AS transport
WHERE house = %(house)s
  AND (%(trajectory_id)s::uuid IS NULL OR trajectory_id = %(trajectory_id)s)
  AND (%(case_id)s::uuid IS NULL OR case_id = ANY(ARRAY(SELECT id FROM same_person(ARRAY[%(case_id)s::uuid]))))
  AND (%(provider)s::text IS NULL OR provider = %(provider)s)
  AND (%(kind)s::text IS NULL OR kind = %(kind)s)
  AND (%(municipality)s::text IS NULL OR municipality = %(municipality)s)
  AND (%(year)s::integer IS NULL
       OR starts_on BETWEEN make_date(%(year)s::integer, 1, 1) AND make_date(%(year)s::integer, 12, 31))
  AND (%(running_on)s::date IS NULL OR daterange(starts_on, ended_on) @> %(running_on)s)
  AND (%(after)s::uuid IS NULL OR (starts_on, trajectory_id) > (
        SELECT earlier.starts_on, earlier.trajectory_id FROM trajectories AS earlier
        WHERE earlier.trajectory_id = %(after)s))
ORDER BY starts_on, trajectory_id
LIMIT %(limit)s

-- add_trajectory --
-- A trajectory that starts
INSERT INTO trajectories (trajectory_id, house, case_id, detention_id, municipality, provider, kind, starts_on,
                          recorded_by)
VALUES (%(trajectory_id)s, %(house)s, %(case_id)s, %(detention_id)s, %(municipality)s, %(provider)s, %(kind)s,
        %(starts_on)s, %(by)s)

-- add_trajectory_needs --
-- The needs that a trajectory answers, in order
INSERT INTO trajectory_needs (trajectory_id, life_domain, place)
SELECT %(trajectory_id)s, life_domain, place FROM unnest(%(needs)s::text[]) WITH ORDINALITY AS need (life_domain, place)

-- add_trajectory_stage --
-- A stage that was reached after those before it
INSERT INTO trajectory_stages (trajectory_id, stage, reached_on, recorded_by)
VALUES (%(trajectory_id)s, %(stage)s, %(on)s, %(by)s)

-- withdraw_trajectory_stage --
-- A stage was a slip
UPDATE trajectory_stages SET withdrawn_at = now(), withdrawn_by = %(by)s, withdrawn_because = %(because)s
WHERE trajectory_id = %(trajectory_id)s AND stage = %(stage)s AND withdrawn_at IS NULL

-- add_trajectory_end --
-- A trajectory ended
INSERT INTO trajectory_ends (trajectory_id, ended_on, result, recorded_by)
VALUES (%(trajectory_id)s, %(ended_on)s, %(result)s, %(by)s)

-- withdraw_trajectory_end --
-- An end was a slip
UPDATE trajectory_ends SET withdrawn_at = now(), withdrawn_by = %(by)s, withdrawn_because = %(because)s
WHERE trajectory_id = %(trajectory_id)s AND withdrawn_at IS NULL

-- add_trajectory_transport --
-- A volunteer fetched somebody from prison
INSERT INTO trajectory_transports (trajectory_id, fetched_on, recorded_by) VALUES (%(trajectory_id)s, %(on)s, %(by)s)

-- withdraw_trajectory_transport --
-- A ride was a slip
UPDATE trajectory_transports SET withdrawn_at = now(), withdrawn_by = %(by)s, withdrawn_because = %(because)s
WHERE trajectory_id = %(trajectory_id)s AND fetched_on = %(on)s AND withdrawn_at IS NULL

-- steps --
-- Each step of a trajectory, withdrawn or not, in the order in which they were recorded
SELECT 'started' AS step, starts_on AS taken_on, recorded_by, recorded_at, NULL AS withdrawn_by,
       NULL::timestamptz AS withdrawn_at, NULL AS withdrawn_because
FROM trajectories WHERE trajectory_id = %(trajectory_id)s
UNION ALL
SELECT stage, reached_on, recorded_by, recorded_at, withdrawn_by, withdrawn_at, withdrawn_because
FROM trajectory_stages WHERE trajectory_id = %(trajectory_id)s
UNION ALL
SELECT 'ended', ended_on, recorded_by, recorded_at, withdrawn_by, withdrawn_at, withdrawn_because
FROM trajectory_ends WHERE trajectory_id = %(trajectory_id)s
UNION ALL
SELECT 'transported', fetched_on, recorded_by, recorded_at, withdrawn_by, withdrawn_at, withdrawn_because
FROM trajectory_transports WHERE trajectory_id = %(trajectory_id)s
ORDER BY recorded_at NULLS FIRST, taken_on

-- change_trajectory --
-- A trajectory's version, and its end once it has one
UPDATE trajectories SET version = %(version)s, ended_on = %(ended_on)s, result = %(result)s
WHERE trajectory_id = %(trajectory_id)s
