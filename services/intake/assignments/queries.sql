-- add_assignment --
-- A partner is to do something for somebody
INSERT INTO assignments (assignment_id, house, partner, case_id)
VALUES (%(assignment_id)s, %(house)s, %(partner)s, %(case_id)s)

-- assigned --
-- The case of what this partner is to do
SELECT case_id, data_key = '' AS is_forgotten FROM assignments JOIN subjects USING (case_id)
WHERE assignment_id = %(assignment_id)s AND assignments.house = %(house)s AND partner = %(partner)s
