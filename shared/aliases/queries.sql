-- begin --
-- Two records are of one person from a day on; that they are not any more may be known already
INSERT INTO aliases (merge_id, house, id, alias, merged_on)
SELECT %(merge_id)s, %(house)s, id, alias, %(on)s
FROM unnest(%(ids)s::uuid[], %(aliases)s::uuid[]) AS pair (id, alias)
ON CONFLICT (merge_id, id) DO UPDATE SET merged_on = least(aliases.merged_on, excluded.merged_on)

-- end --
-- Two records are not of one person by this merge; the merge may not be known yet
INSERT INTO aliases (merge_id, house, id, alias, separated_on)
SELECT %(merge_id)s, %(house)s, id, alias, %(on)s
FROM unnest(%(ids)s::uuid[], %(aliases)s::uuid[]) AS pair (id, alias)
ON CONFLICT (merge_id, id) DO UPDATE SET separated_on = least(aliases.separated_on, excluded.separated_on)

-- others --
-- The further ids of the people who have these ids
SELECT given, id FROM same_person(%(ids)b::uuid[]) WHERE id <> given ORDER BY given, id
