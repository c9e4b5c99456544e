-- is_planned --
-- Whether a session is there
SELECT FROM sessions WHERE session_id = %(session_id)s

-- add_session --
-- One sitting of a table
INSERT INTO sessions (session_id, house, at_table, sub_region, held_on, reason)
VALUES (%(session_id)s, %(house)s, %(table)s, %(sub_region)s, %(held_on)s, %(reason)s)

-- add_session_cases --
-- The cases of a session, in their order
INSERT INTO session_cases (session_id, table_case_id, place)
SELECT %(session_id)s, table_case_id, place
FROM unnest(%(table_case_ids)b::uuid[]) WITH ORDINALITY AS cases (table_case_id, place)

-- discussed --
-- Which of these table cases are on a session
SELECT DISTINCT table_case_id FROM session_cases WHERE table_case_id = ANY(%(table_case_ids)b)

-- sessions --
-- The sessions that a table case is on
SELECT session_id, at_table AS "table", sub_region, held_on, reason
FROM sessions JOIN session_cases USING (session_id)
WHERE table_case_id = %(table_case_id)s
ORDER BY held_on, session_id
