-- is_known --
-- Whether the person of a house's case has a detention, a trajectory or a stay, or came to an aftercare table, as happened unless
-- the opening was withdrawn, or is to have a trajectory by a decision that stands
WITH person AS (SELECT id FROM same_person(ARRAY[%(case_id)s::uuid]))
SELECT EXISTS (SELECT FROM detentions WHERE house = %(house)s AND case_id = ANY(ARRAY(SELECT id FROM person)))
    OR EXISTS (SELECT FROM table_cases WHERE house = %(house)s AND case_id = ANY(ARRAY(SELECT id FROM person))
                 AND (opened_on IS NOT NULL OR opening_told_by IS NULL))
    OR EXISTS (SELECT FROM trajectories WHERE house = %(house)s AND case_id = ANY(ARRAY(SELECT id FROM person)))
    OR EXISTS (SELECT FROM wanted_trajectories WHERE house = %(house)s AND case_id = ANY(ARRAY(SELECT id FROM person))
                 AND ended_as IS DISTINCT FROM 'lapsed')
    OR EXISTS (SELECT FROM stays WHERE house = %(house)s AND case_id = ANY(ARRAY(SELECT id FROM person))) AS known
