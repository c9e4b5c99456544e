-- add --
-- Somebody is to be forgotten, unless that was asked already
INSERT INTO forgettings (forgetting_id, house, subject_id, ground, asked_by, asked_by_id, asked_at)
VALUES (%(forgetting_id)s, %(house)s, %(subject_id)s, %(ground)s, %(asked_by)s, %(asked_by_id)s, %(asked_at)s)
ON CONFLICT (subject_id) WHERE decision IS NULL DO NOTHING

-- asked --
-- What waits for a second person: about this subject, or with this id
SELECT forgetting_id, forgettings.house, subject_id, ground, asked_by, asked_by_id, asked_at
FROM forgettings JOIN subjects USING (subject_id)
WHERE forgettings.house = %(house)s AND %(id)s IN (subject_id, forgetting_id) AND decision IS NULL AND data_key <> ''
FOR UPDATE OF forgettings

-- decide --
-- A second person has decided; nobody can tell any more who it was about
UPDATE forgettings SET decision = %(decision)s, decided_by = %(by)s, decided_at = %(at)s, subject_id = NULL
WHERE forgetting_id = %(forgetting_id)s

-- waiting --
-- What waits for a second person, the oldest first
SELECT forgetting_id, subject_id, case_id, ground, asked_by, asked_at
FROM forgettings JOIN subjects USING (subject_id)
WHERE forgettings.house = %(house)s AND decision IS NULL AND data_key <> ''
ORDER BY asked_at, forgetting_id LIMIT %(limit)s

-- to_confirm --
-- What somebody else than this person asked and waits for a second person, the oldest first
SELECT forgetting_id, subject_id, case_id, ground, asked_by, asked_at
FROM forgettings JOIN subjects USING (subject_id)
WHERE forgettings.house = %(house)s AND decision IS NULL AND data_key <> '' AND asked_by_id <> %(by)s
ORDER BY asked_at, forgetting_id LIMIT %(limit)s

-- decided --
-- What was decided, the latest first
SELECT forgetting_id, ground, asked_by, asked_at, decision, decided_by, decided_at
FROM forgettings WHERE house = %(house)s AND decision IS NOT NULL
ORDER BY decided_at DESC, forgetting_id LIMIT %(limit)s

-- openings --
-- For what the cases of a person can be seen, and those of the families and groups of the person
SELECT openings.house, openings.case_id, purpose, opened_by, last_day, at_table
FROM openings JOIN subjects USING (case_id)
WHERE subject_id = ANY(%(subject_ids)s)
   OR subject_id IN (SELECT family.id FROM relations, same_person(ARRAY[other_id]) AS family
                     WHERE relations.subject_id = ANY(%(subject_ids)s) AND kind = 'member' AND until IS NULL AND withdrawn_at IS NULL)

-- in_doubt --
-- Whether a referral that was set aside may be about one of these records
SELECT EXISTS (SELECT FROM set_aside WHERE decision IS NULL AND conflicts_with && %(subject_ids)s::uuid[]) AS in_doubt
