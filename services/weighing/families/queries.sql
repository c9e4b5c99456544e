-- keep_relation --
-- Somebody belongs with somebody else from now on
INSERT INTO relations (relation_id, house, kind, subject_id, other_id)
VALUES (%(relation_id)s, %(house)s, %(kind)s, %(subject_id)s, %(other_id)s)
ON CONFLICT DO NOTHING

-- forget_relation --
-- A relation ended, or was a mistake
DELETE FROM relations WHERE relation_id = %(relation_id)s
