-- lock_stays --
-- Hold back whoever else would ask for or begin a stay in any transition house of a house's region, until the transaction ends
SELECT pg_advisory_xact_lock(hashtextextended('stays of ' || %(house)s, 0))

-- add_stay --
-- A stay that is waited for
INSERT INTO stays (stay_id, house, transition_house, case_id, asked_on)
VALUES (%(stay_id)s, %(house)s, %(transition_house)s, %(case_id)s, %(asked_on)s)

-- stay_to_change --
-- One of a house's stays, locked until the transaction ends
SELECT stay_id, house, transition_house, case_id, asked_on, place, began_on, ended_on, withdrawn_on
FROM stays
WHERE house = %(house)s AND stay_id = %(stay_id)s
FOR UPDATE

-- stays_from --
-- The stays of a house's region that began and are not over by a day
SELECT stay_id, house, transition_house, case_id, asked_on, place, began_on, ended_on, withdrawn_on
FROM stays
WHERE house = %(house)s AND began_on IS NOT NULL AND (ended_on IS NULL OR ended_on > %(on)s)

-- change_stay --
-- A stay has begun, ended or been withdrawn
UPDATE stays SET place = %(place)s, began_on = %(began_on)s, ended_on = %(ended_on)s, withdrawn_on = %(withdrawn_on)s
WHERE stay_id = %(stay_id)s

-- add_step --
-- A step of a stay
INSERT INTO stay_steps (stay_id, step, taken_on, place, recorded_by)
VALUES (%(stay_id)s, %(step)s, %(taken_on)s, %(place)s, %(by)s)

-- withdraw_step --
-- A step was a slip
UPDATE stay_steps SET withdrawn_at = now(), withdrawn_by = %(by)s, withdrawn_because = %(because)s
WHERE stay_id = %(stay_id)s AND step = %(step)s AND withdrawn_at IS NULL

-- steps --
-- Each step of a stay, withdrawn or not, in the order in which they were recorded
SELECT step, taken_on, recorded_by, recorded_at, withdrawn_by, withdrawn_at, withdrawn_because
FROM stay_steps WHERE stay_id = %(stay_id)s ORDER BY position

-- stays --
-- A page of a house's stays, in the order in which they were asked for
SELECT stay_id, house, transition_house, case_id, asked_on, place, began_on, ended_on, withdrawn_on
FROM stays
WHERE house = %(house)s
  AND (%(stay_id)s::uuid IS NULL OR stay_id = %(stay_id)s)
  AND (%(transition_house)s::text IS NULL OR transition_house = %(transition_house)s)
  AND (%(case_id)s::uuid IS NULL OR case_id = ANY(ARRAY(SELECT id FROM same_person(ARRAY[%(case_id)s::uuid]))))
  AND CASE %(state)s::text
      WHEN 'waiting' THEN began_on IS NULL AND withdrawn_on IS NULL
      WHEN 'running' THEN began_on IS NOT NULL AND ended_on IS NULL
      WHEN 'ended' THEN ended_on IS NOT NULL
      WHEN 'withdrawn' THEN withdrawn_on IS NOT NULL
      ELSE true END
  AND (%(after)s::uuid IS NULL OR (asked_on, position) > (
        SELECT earlier.asked_on, earlier.position FROM stays AS earlier WHERE earlier.stay_id = %(after)s))
ORDER BY asked_on, position
LIMIT %(limit)s

-- occupancy --
-- How a house's transition houses stand on a day: who lives and who waits there, and who came and left from the year's first day on,
-- with the mean stay of the latter in whole days
SELECT transition_house,
       count(*) FILTER (WHERE daterange(began_on, ended_on) @> %(on)s AND began_on IS NOT NULL) AS occupied,
       count(*) FILTER (WHERE daterange(asked_on, coalesce(began_on, withdrawn_on)) @> %(on)s) AS waiting,
       count(*) FILTER (WHERE began_on BETWEEN %(year_began_on)s AND %(on)s) AS moved_in,
       count(*) FILTER (WHERE ended_on BETWEEN %(year_began_on)s AND %(on)s) AS moved_out,
       round(avg(ended_on - began_on) FILTER (WHERE ended_on BETWEEN %(year_began_on)s AND %(on)s))::integer
           AS mean_stay_days
FROM stays
WHERE house = %(house)s
GROUP BY transition_house
