-- is_known --
-- Whether a house's case has a detention, or came to an aftercare table
SELECT EXISTS (SELECT FROM detentions WHERE house = %(house)s AND case_id = %(case_id)s)
    OR EXISTS (SELECT FROM table_cases WHERE house = %(house)s AND case_id = %(case_id)s) AS known
