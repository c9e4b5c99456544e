-- keep_relation --
-- Somebody belongs with somebody else from now on
INSERT INTO relations (relation_id, house, kind, subject_id, other_id)
VALUES (%(relation_id)s, %(house)s, %(kind)s, %(subject_id)s, %(other_id)s)
ON CONFLICT DO NOTHING

-- forget_relation --
-- A relation ended, or was a mistake
DELETE FROM relations WHERE relation_id = %(relation_id)s

-- forget_subject --
-- Nobody can tell any more who somebody was
DELETE FROM relations WHERE subject_id = %(subject_id)s OR other_id = %(subject_id)s

-- relations_of --
-- The relations of some people and families that run now
SELECT subject_id, other_id FROM relations
WHERE subject_id = ANY(%(subject_ids)b::uuid[]) OR other_id = ANY(%(subject_ids)b::uuid[])
