-- lock_house --
-- One transaction at a time decides who somebody is in a house, so that a new person cannot become two subjects
SELECT pg_advisory_xact_lock(hashtextextended('subjects of ' || %(house)s, 0))

-- candidates --
-- Known subjects that share one of the traits, still sealed. OFFSET 0: each is found by index, however many are known
SELECT trait.house, trait.kind AS trait, trait.blind_index, trait.subject_id,
       subject.case_id, subject.data_key, subject.details,
       EXISTS (SELECT FROM traits AS other WHERE other.subject_id = trait.subject_id AND other.kind = 'bsn' OFFSET 0)
           AS has_bsn
FROM unnest(%(house)b::text[], %(blind_index)b::bytea[]) AS asked (house, blind_index)
CROSS JOIN LATERAL (SELECT traits.* FROM traits
                    WHERE (traits.house, traits.blind_index) = (asked.house, asked.blind_index) OFFSET 0) AS trait
CROSS JOIN LATERAL (SELECT subjects.* FROM subjects WHERE subjects.subject_id = trait.subject_id OFFSET 0) AS subject

-- subject --
-- One subject of a house, still sealed
SELECT subject_id, case_id, data_key, details FROM subjects WHERE house = %(house)s AND subject_id = %(subject_id)s

-- subject_of_case --
-- Whom a case of a house is about
SELECT subject_id FROM subjects WHERE house = %(house)s AND case_id = %(case_id)s

-- add_subject --
-- Subjects that the house did not know
INSERT INTO subjects (subject_id, case_id, house, kind, data_key, details, registered_at)
SELECT * FROM unnest(%(subject_id)b::uuid[], %(case_id)b::uuid[], %(house)b::text[], %(kind)b::text[], %(data_key)b::bytea[],
                     %(details)b::bytea[], %(registered_at)b::timestamptz[])

-- change_details --
-- More, or newer, about a known subject
UPDATE subjects SET details = %(details)s WHERE subject_id = %(subject_id)s

-- add_trait --
-- From now on the subjects are recognised by these too; a BSN that one has already stays
INSERT INTO traits (house, kind, blind_index, subject_id)
SELECT * FROM unnest(%(house)b::text[], %(kind)b::text[], %(blind_index)b::bytea[], %(subject_id)b::uuid[])
ON CONFLICT DO NOTHING

-- add_disclosure --
-- Somebody is told who a subject is
INSERT INTO disclosures (house, subject_id, disclosed_to, purpose, correlation_id, disclosed_at)
SELECT * FROM unnest(%(house)b::text[], %(subject_id)b::uuid[], %(disclosed_to)b::text[], %(purpose)b::text[],
                     %(correlation_id)b::uuid[], %(disclosed_at)b::timestamptz[])
