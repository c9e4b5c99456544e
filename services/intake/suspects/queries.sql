-- last_listed --
-- When these subjects were on a list of suspects last
SELECT subject_id, listed_on FROM listed_suspects WHERE subject_id = ANY(%(subject_ids)b)

-- set_last_list --
-- A partner sent the list of a day; of an older list the newer day stays
INSERT INTO suspect_lists (house, partner, listed_on) VALUES (%(house)s, %(partner)s, %(listed_on)s)
ON CONFLICT (house, partner) DO UPDATE SET listed_on = greatest(suspect_lists.listed_on, excluded.listed_on)

-- last_lists --
-- The day of each partner's last list
SELECT partner, listed_on FROM suspect_lists WHERE house = %(house)s

-- set_listed --
-- These subjects are on the list of a day; of an older list the newer day stays
INSERT INTO listed_suspects (subject_id, listed_on)
SELECT subject_id, %(listed_on)s FROM unnest(%(subject_ids)b::uuid[]) AS listed (subject_id)
ON CONFLICT (subject_id) DO UPDATE SET listed_on = greatest(listed_suspects.listed_on, excluded.listed_on)
