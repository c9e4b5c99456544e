-- close_table_case --
-- The closing of a table case, and who recorded it
UPDATE table_cases
SET closed_on = %(closed_on)s, outcome = %(outcome)s, running_on_reason = %(running_on_reason)s,
    without_plan_because = %(without_plan_because)s, closed_by = %(recorded_by)s, closed_at = now()
WHERE table_case_id = %(table_case_id)s

-- supersede_closing --
-- Keep a closing that is corrected or withdrawn
INSERT INTO superseded_closings (
    house, table_case_id, closed_on, outcome, running_on_reason, without_plan_because, recorded_by, recorded_at, because, superseded_by)
SELECT house, table_case_id, closed_on, outcome, running_on_reason, without_plan_because, closed_by, closed_at, %(because)s,
       %(superseded_by)s
FROM table_cases
WHERE table_case_id = %(table_case_id)s

-- reopen_table_case --
-- A table case that is under treatment again
UPDATE table_cases
SET closed_on = NULL, outcome = NULL, running_on_reason = NULL, without_plan_because = NULL, closed_by = NULL, closed_at = NULL
WHERE table_case_id = %(table_case_id)s
RETURNING table_case_id

-- closings --
-- The closings of a table case, also those that were corrected or withdrawn
SELECT closed_on, outcome, running_on_reason, without_plan_because, recorded_by, recorded_at, because, superseded_by,
       superseded_at
FROM superseded_closings
WHERE table_case_id = %(table_case_id)s
UNION ALL
SELECT closed_on, outcome, running_on_reason, without_plan_because, closed_by, closed_at, NULL, NULL, NULL
FROM table_cases
WHERE table_case_id = %(table_case_id)s AND closed_on IS NOT NULL AND withdrawn_on IS NULL
ORDER BY recorded_at NULLS FIRST
