-- add_assignment --
-- A partner is to do something for somebody
INSERT INTO assignments (assignment_id, house, partner, case_id)
VALUES (%(assignment_id)s, %(house)s, %(partner)s, %(case_id)s)

-- case_of_assignment --
-- The case of what this partner is to do
SELECT case_id FROM assignments WHERE assignment_id = %(assignment_id)s AND house = %(house)s AND partner = %(partner)s
