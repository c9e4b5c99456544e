-- add_advice --
-- A table advises the prosecutor
INSERT INTO zsm_advices (advice_id, house, table_case_id, written_on, written_by, sketch, measures)
VALUES (%(advice_id)s, %(house)s, %(table_case_id)s, %(written_on)s, %(written_by)s, %(sketch)s, %(measures)s)

-- newest --
-- The advice on a table case that counts
SELECT advice_id, table_case_id, case_id, written_on, written_by, sketch, measures
FROM zsm_advices JOIN table_cases USING (table_case_id, house)
WHERE table_case_id = %(table_case_id)s
ORDER BY zsm_advices.recorded_at DESC LIMIT 1

-- advice --
-- One advice
SELECT advice_id, table_case_id, case_id, written_on, written_by, sketch, measures
FROM zsm_advices JOIN table_cases USING (table_case_id, house)
WHERE house = %(house)s AND advice_id = %(advice_id)s
