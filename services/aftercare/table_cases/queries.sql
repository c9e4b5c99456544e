-- open_table_case --
-- Aftercare tables' cases were opened; that one was closed may be known already. Of one that is heard twice the last counts
INSERT INTO table_cases (table_case_id, house, case_id, opened_on)
SELECT DISTINCT ON (table_case_id) table_case_id, house, case_id, opened_on
FROM unnest(%(table_case_id)b::uuid[], %(house)b::text[], %(case_id)b::uuid[], %(opened_on)b::date[])
     WITH ORDINALITY AS heard (table_case_id, house, case_id, opened_on, place)
ORDER BY table_case_id, place DESC
ON CONFLICT (table_case_id) DO UPDATE SET opened_on = excluded.opened_on

-- close_table_case --
-- Aftercare tables' cases were closed, as above; that one was opened may be heard later
INSERT INTO table_cases (table_case_id, house, case_id, closed_on)
SELECT DISTINCT ON (table_case_id) table_case_id, house, case_id, closed_on
FROM unnest(%(table_case_id)b::uuid[], %(house)b::text[], %(case_id)b::uuid[], %(closed_on)b::date[])
     WITH ORDINALITY AS heard (table_case_id, house, case_id, closed_on, place)
ORDER BY table_case_id, place DESC
ON CONFLICT (table_case_id) DO UPDATE SET closed_on = excluded.closed_on

-- reopen_table_case --
-- An aftercare table's case that is under treatment again
UPDATE table_cases SET closed_on = NULL WHERE table_case_id = %(table_case_id)s

-- withdraw_table_case --
-- A case that never came to the aftercare table
DELETE FROM table_cases WHERE table_case_id = %(table_case_id)s
