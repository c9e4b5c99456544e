-- set_release --
-- The release date of a detention that counts from now on
INSERT INTO releases (detention_id, house, case_id, release_on, changed_on)
VALUES (%(detention_id)s, %(house)s, %(case_id)s, %(release_on)s, %(changed_on)s)
ON CONFLICT (detention_id) DO UPDATE SET release_on = excluded.release_on, changed_on = excluded.changed_on

-- drop_release --
-- A detention of which nothing is told any more
DELETE FROM releases WHERE house = %(house)s AND detention_id = %(detention_id)s

-- releases --
-- The releases of the person of a case, the last one first
SELECT detention_id, release_on, changed_on
FROM releases
WHERE house = %(house)s AND case_id = ANY(ARRAY(SELECT id FROM same_person(ARRAY[%(case_id)s::uuid])))
ORDER BY changed_on DESC, detention_id
