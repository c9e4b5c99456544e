-- session --
-- One of a house's sessions, with its cases in their order
SELECT session_id, house, at_table AS "table", sub_region, held_on, state, table_case_ids, reasons
FROM sessions
CROSS JOIN LATERAL (
    SELECT array_agg(table_case_id ORDER BY place) AS table_case_ids,
           jsonb_object_agg(table_case_id, again_because) FILTER (WHERE again_because IS NOT NULL) AS reasons
    FROM session_cases WHERE session_cases.session_id = sessions.session_id) AS cases
WHERE house = %(house)s AND session_id = %(session_id)s

-- lock_session --
-- Of two commands the second waits, and then sees what the first did
SELECT FROM sessions WHERE house = %(house)s AND session_id = %(session_id)s FOR UPDATE

-- sessions --
-- A page of a house's sessions, by day
SELECT session_id, house, at_table AS "table", sub_region, held_on, state, table_case_ids, reasons
FROM sessions
CROSS JOIN LATERAL (
    SELECT array_agg(table_case_id ORDER BY place) AS table_case_ids,
           jsonb_object_agg(table_case_id, again_because) FILTER (WHERE again_because IS NOT NULL) AS reasons
    FROM session_cases WHERE session_cases.session_id = sessions.session_id) AS cases
WHERE house = %(house)s
  AND (%(state)s::text IS NULL OR state = %(state)s)
  AND (%(until)s::date IS NULL OR held_on <= %(until)s)
  AND (%(after)s::uuid IS NULL OR (held_on, session_id) > (
        SELECT held_on, session_id FROM sessions WHERE session_id = %(after)s))
ORDER BY held_on, session_id
LIMIT %(limit)s

-- add_session --
-- A planned session of a table
INSERT INTO sessions (session_id, house, at_table, sub_region, held_on, state)
VALUES (%(session_id)s, %(house)s, %(table)s, %(sub_region)s, %(held_on)s, %(state)s)

-- add_session_cases --
-- The cases of a session, in their order
INSERT INTO session_cases (session_id, table_case_id, place, again_because)
SELECT %(session_id)s, table_case_id, place, reason
FROM unnest(%(table_case_ids)b::uuid[], %(case_reasons)b::text[]) WITH ORDINALITY AS cases (table_case_id, reason, place)

-- change_session --
-- The day and the state that count from now on
UPDATE sessions SET held_on = %(held_on)s, state = %(state)s WHERE session_id = %(session_id)s

-- add_change --
-- What is recorded of a session
INSERT INTO session_changes (session_id, state, held_on, because, recorded_by)
VALUES (%(session_id)s, %(state)s, %(held_on)s, %(because)s, %(recorded_by)s)

-- changes --
-- What was recorded of a session, in order
SELECT state, held_on, because, recorded_by, recorded_at
FROM session_changes
WHERE session_id = %(session_id)s
ORDER BY position

-- discussed --
-- The table cases of which a session was held by that day
SELECT DISTINCT table_case_id
FROM session_cases JOIN sessions USING (session_id)
WHERE table_case_id = ANY(%(table_case_ids)b) AND state = 'held' AND held_on <= %(by)s

-- sessions_of_case --
-- The sessions of a table case
SELECT session_id, at_table AS "table", sub_region, held_on, state, coalesce(again_because, reason) AS reason
FROM sessions JOIN session_cases USING (session_id)
WHERE table_case_id = %(table_case_id)s
ORDER BY held_on, session_id

-- sessions_with --
-- The sessions of all table cases of a case
SELECT DISTINCT session_id
FROM session_cases JOIN table_cases USING (table_case_id)
WHERE house = %(house)s AND case_id = %(case_id)s
