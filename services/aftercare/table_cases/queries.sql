-- open_table_case --
-- Aftercare tables' cases were opened, or never came to the table; that one was closed may be known already. Of what is told of one
-- case the event with the greatest id counts, in whatever order they come
INSERT INTO table_cases (table_case_id, house, case_id, opened_on, opening_told_by)
SELECT DISTINCT ON (table_case_id) table_case_id, house, case_id, opened_on, told_by
FROM unnest(%(table_case_id)b::uuid[], %(house)b::text[], %(case_id)b::uuid[], %(opened_on)b::date[], %(told_by)b::uuid[])
     AS heard (table_case_id, house, case_id, opened_on, told_by)
ORDER BY table_case_id, told_by DESC
ON CONFLICT (table_case_id) DO UPDATE
SET opened_on = excluded.opened_on, opening_told_by = excluded.opening_told_by
WHERE table_cases.opening_told_by < excluded.opening_told_by OR table_cases.opening_told_by IS NULL

-- close_table_case --
-- Aftercare tables' cases were closed, or are under treatment again, as above; that one was opened may be heard later
INSERT INTO table_cases (table_case_id, house, case_id, closed_on, closing_told_by)
SELECT DISTINCT ON (table_case_id) table_case_id, house, case_id, closed_on, told_by
FROM unnest(%(table_case_id)b::uuid[], %(house)b::text[], %(case_id)b::uuid[], %(closed_on)b::date[], %(told_by)b::uuid[])
     AS heard (table_case_id, house, case_id, closed_on, told_by)
ORDER BY table_case_id, told_by DESC
ON CONFLICT (table_case_id) DO UPDATE
SET closed_on = excluded.closed_on, closing_told_by = excluded.closing_told_by
WHERE table_cases.closing_told_by < excluded.closing_told_by OR table_cases.closing_told_by IS NULL
