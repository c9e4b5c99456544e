-- is_known --
-- Whether a house's case has a detention, or came to an aftercare table, as it did unless the opening was withdrawn
SELECT EXISTS (SELECT FROM detentions WHERE house = %(house)s AND case_id = %(case_id)s)
    OR EXISTS (SELECT FROM table_cases WHERE house = %(house)s AND case_id = %(case_id)s
                 AND (opened_on IS NOT NULL OR opening_told_by IS NULL)) AS known
