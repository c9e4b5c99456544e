-- close_table_case --
-- The closing of a table case
UPDATE table_cases
SET closed_on = %(closed_on)s, outcome = %(outcome)s, running_on_reason = %(running_on_reason)s
WHERE table_case_id = %(table_case_id)s
