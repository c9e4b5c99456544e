-- add_relations --
-- Relations that are known from now on, unless they run already; a family with a new member waits for a look
WITH added AS (
    INSERT INTO relations (relation_id, house, kind, subject_id, other_id, since, until, source, recorded_by, recorded_at)
    SELECT * FROM unnest(%(relation_id)b::uuid[], %(house)b::text[], %(kind)b::text[], %(subject_id)b::uuid[],
                         %(other_id)b::uuid[], %(since)b::date[], %(until)b::date[], %(source)b::text[],
                         %(recorded_by)b::text[], %(recorded_at)b::timestamptz[])
    ON CONFLICT DO NOTHING RETURNING house, kind, other_id
)
INSERT INTO to_match (house, subject_id) SELECT DISTINCT house, other_id FROM added WHERE kind = 'member' ON CONFLICT DO NOTHING

-- families --
-- Of which families and groups some people are members now
SELECT subject_id, other_id FROM relations
WHERE subject_id = ANY(%(subject_ids)b) AND kind = 'member' AND until IS NULL AND withdrawn_at IS NULL

-- relation_to_change --
-- A relation of a house, locked
SELECT relation_id, house, kind, subject_id, other_id, since, until, source, recorded_by, recorded_at, ended_by, withdrawn_by,
       withdrawn_at, because_text
FROM relations WHERE house = %(house)s AND relation_id = %(relation_id)s FOR UPDATE

-- change_relation --
-- A relation ended, or was recorded by mistake
UPDATE relations
SET until = %(until)s, ended_by = %(ended_by)s, withdrawn_by = %(withdrawn_by)s, withdrawn_at = %(withdrawn_at)s,
    because_text = %(because_text)s
WHERE relation_id = %(relation_id)s

-- relations_of --
-- Relations of one person, family or group; those that run first
SELECT relation_id, house, kind, subject_id, other_id, since, until, source, recorded_by, recorded_at, ended_by, withdrawn_by,
       withdrawn_at, because_text
FROM relations
WHERE house = %(house)s AND (subject_id = ANY(%(subject_ids)b) OR other_id = ANY(%(subject_ids)b))
ORDER BY withdrawn_at IS NOT NULL, until IS NOT NULL, recorded_at DESC, relation_id DESC
LIMIT %(limit)s
