-- add_versions --
-- Texts, and newer versions of texts
INSERT INTO sealed_texts (text_id, version_id, house, case_id, kind, organisation, person, written_at, data_key, sealed)
SELECT * FROM unnest(%(text_id)b::uuid[], %(version_id)b::uuid[], %(house)b::text[], %(case_id)b::uuid[], %(kind)b::text[],
                     %(organisation)b::text[], %(person)b::text[], %(written_at)b::timestamptz[], %(data_key)b::bytea[],
                     %(sealed)b::bytea[])

-- versions --
-- All versions of some texts of a house, the oldest first
SELECT text_id, version_id, house, case_id, kind, organisation, person, written_at, data_key, sealed
FROM sealed_texts
WHERE text_id = ANY(%(text_ids)b) AND house = %(house)s
ORDER BY written_at, version_id

-- referred --
-- Some texts to which rows of the service refer, so that their house is known
SELECT text_id, version_id, house, case_id, kind, organisation, person, written_at, data_key, sealed
FROM sealed_texts
WHERE text_id = ANY(%(text_ids)b)

-- versions_of_cases --
-- All versions of all texts of some cases of a house, the oldest first
SELECT text_id, version_id, house, case_id, kind, organisation, person, written_at, data_key, sealed
FROM sealed_texts
WHERE case_id = ANY(%(case_ids)b) AND house = %(house)s
ORDER BY written_at, version_id

-- delete_versions --
-- Delete some texts of a house, which are sealed anew for another case
DELETE FROM sealed_texts WHERE text_id = ANY(%(text_ids)b) AND house = %(house)s

-- erase --
-- Destroy the keys of all texts of some cases, and what they sealed
UPDATE sealed_texts SET data_key = '', sealed = '' WHERE case_id = ANY(%(case_ids)b) AND data_key <> ''
