-- add_detention --
-- A detention of which a notice came
INSERT INTO detentions (detention_id, house, case_id, subject_id, referral_id, municipality, institution, detained_on,
                        own_aftercare, registered_on)
VALUES (%(detention_id)s, %(house)s, %(case_id)s, %(subject_id)s, %(referral_id)s, %(municipality)s, %(institution)s,
        %(detained_on)s, %(own_aftercare)s, %(registered_on)s)

-- add_release_date --
-- The release date that counts from now on
INSERT INTO release_dates (house, detention_id, release_on, source, changed_on)
VALUES (%(house)s, %(detention_id)s, %(release_on)s, %(source)s, %(changed_on)s)

-- open_table_case --
-- An aftercare table's case was opened; that it was closed may be known already
INSERT INTO table_cases (table_case_id, house, case_id, opened_on)
VALUES (%(table_case_id)s, %(house)s, %(case_id)s, %(opened_on)s)
ON CONFLICT (table_case_id) DO UPDATE SET opened_on = excluded.opened_on
