-- lock_house --
-- One transaction at a time decides who somebody is in a house, so that a new person cannot become two subjects
SELECT pg_advisory_xact_lock(hashtextextended('subjects of ' || %(house)s, 0))

-- candidates --
-- Known subjects that share one of the traits, still sealed. OFFSET 0: each is found by index, however many are known
SELECT trait.house, trait.kind AS trait, trait.blind_index,
       subject.subject_id, subject.case_id, subject.data_key, subject.sealed_only AS sealed,
       EXISTS (SELECT FROM aliases WHERE aliases.id = subject.subject_id
                                     AND merged_on IS NOT NULL AND separated_on IS NULL) AS merged,
       EXISTS (SELECT FROM openings WHERE openings.case_id = subject.case_id AND at_table AND last_day IS NULL) AS at_table,
       claimed.partners, claimed.stated_at, claimed.said
FROM unnest(%(house)b::text[], %(blind_index)b::bytea[]) AS asked (house, blind_index)
CROSS JOIN LATERAL (SELECT traits.* FROM traits
                    WHERE (traits.house, traits.blind_index) = (asked.house, asked.blind_index) OFFSET 0) AS trait
CROSS JOIN LATERAL (SELECT subjects.* FROM subjects WHERE subjects.subject_id = trait.subject_id OFFSET 0) AS subject
CROSS JOIN LATERAL (SELECT array_agg(partner ORDER BY position) AS partners,
                           array_agg(claims.stated_at ORDER BY position) AS stated_at,
                           array_agg(claims.said ORDER BY position) AS said
                    FROM claims WHERE claims.subject_id = trait.subject_id OFFSET 0) AS claimed

-- subjects --
-- Some subjects of a house with what was said of them, still sealed. One that is forgotten has no data key
SELECT subject_id, case_id, data_key, sealed_only AS sealed,
       EXISTS (SELECT FROM aliases WHERE aliases.id = subjects.subject_id
                                     AND merged_on IS NOT NULL AND separated_on IS NULL) AS merged,
       EXISTS (SELECT FROM openings WHERE openings.case_id = subjects.case_id AND at_table AND last_day IS NULL) AS at_table,
       claimed.partners, claimed.stated_at, claimed.said
FROM subjects
CROSS JOIN LATERAL (SELECT array_agg(partner ORDER BY position) AS partners,
                           array_agg(claims.stated_at ORDER BY position) AS stated_at,
                           array_agg(claims.said ORDER BY position) AS said
                    FROM claims WHERE claims.subject_id = subjects.subject_id) AS claimed
WHERE house = %(house)s AND subject_id = ANY(%(subject_ids)b) AND data_key <> ''

-- subject_of_case --
-- Whom a case of a house is about
SELECT subject_id FROM subjects WHERE house = %(house)s AND case_id = %(case_id)s

-- referrers_of_questions --
-- The subjects about whom a partner is asked, and on whose referrals
SELECT subject_id, array_agg(referrer) AS referrers
FROM referrals JOIN information_requests USING (referral_id)
WHERE referrals.house = %(house)s AND subject_id = ANY(%(subject_ids)b) AND NOT sealed AND partner = %(partner)s
  AND (answered_on IS NULL OR answered_on >= %(since)s)
GROUP BY subject_id

-- alike --
-- The other subjects that share a likeness with this subject
SELECT DISTINCT other.subject_id
FROM likenesses AS own JOIN likenesses AS other USING (house, blind_index)
WHERE house = %(house)s AND own.subject_id = %(subject_id)s AND other.subject_id <> own.subject_id
ORDER BY 1 LIMIT 50

-- like --
-- The subjects that share one of these likenesses; those that share most of them first
SELECT subject_id FROM likenesses WHERE house = %(house)s AND blind_index = ANY(%(blind_indexes)b)
GROUP BY subject_id ORDER BY count(*) DESC, subject_id LIMIT 20

-- add_subject --
-- Subjects that the house did not know
INSERT INTO subjects (subject_id, case_id, house, kind, data_key, sealed_only, registered_at, openings_kept)
SELECT *, true FROM unnest(%(subject_id)b::uuid[], %(case_id)b::uuid[], %(house)b::text[], %(kind)b::text[], %(data_key)b::bytea[],
                     %(sealed)b::boolean[], %(registered_at)b::timestamptz[])

-- add_claim --
-- What partners say of subjects, in the order in which it came
INSERT INTO claims (subject_id, partner, stated_at, said)
SELECT * FROM unnest(%(subject_id)b::uuid[], %(partner)b::text[], %(stated_at)b::timestamptz[], %(said)b::bytea[])

-- add_trait --
-- From now on the subjects are recognised by these too; a BSN that one has already stays
INSERT INTO traits (house, kind, blind_index, subject_id)
SELECT * FROM unnest(%(house)b::text[], %(kind)b::text[], %(blind_index)b::bytea[], %(subject_id)b::uuid[])
ON CONFLICT DO NOTHING

-- add_likeness --
-- From now on the subjects are shown as alike with others that share one of these; with something new they wait for a look
WITH new AS (
    INSERT INTO likenesses (house, blind_index, subject_id)
    SELECT * FROM unnest(%(house)b::text[], %(blind_index)b::bytea[], %(subject_id)b::uuid[])
    ON CONFLICT DO NOTHING RETURNING house, subject_id
)
INSERT INTO to_match (house, subject_id) SELECT DISTINCT house, subject_id FROM new ON CONFLICT DO NOTHING

-- add_disclosure --
-- Somebody is told who a subject is, or what was written about it
INSERT INTO disclosures (house, subject_id, disclosed_to, purpose, correlation_id, disclosed_at, contribution_id)
SELECT * FROM unnest(%(house)b::text[], %(subject_id)b::uuid[], %(disclosed_to)b::text[], %(purpose)b::text[],
                     %(correlation_id)b::uuid[], %(disclosed_at)b::timestamptz[], %(contribution_id)b::uuid[])
