-- open_table_case --
-- Gives a row unless the subject has a running case at that table
INSERT INTO table_cases (table_case_id, house, case_id, subject_id, referral_id, at_table, municipality, sub_region, opened_on)
VALUES (%(table_case_id)s, %(house)s, %(case_id)s, %(subject_id)s, %(referral_id)s, %(table)s, %(municipality)s,
        %(sub_region)s, %(opened_on)s)
ON CONFLICT (house, subject_id, at_table) WHERE closed_on IS NULL DO NOTHING
RETURNING table_case_id

-- running_table_case --
-- The case that a subject has running at a table
SELECT table_case_id
FROM table_cases
WHERE house = %(house)s AND subject_id = %(subject_id)s AND at_table = %(table)s AND closed_on IS NULL

-- add_referral --
-- A referral that opened a table case or found it running
INSERT INTO table_case_referrals (table_case_id, referral_id, referred_on)
VALUES (%(table_case_id)s, %(referral_id)s, %(referred_on)s)
ON CONFLICT DO NOTHING
