-- lock_house --
-- One transaction at a time decides who somebody is in a house, so that a new person cannot become two subjects
SELECT pg_advisory_xact_lock(hashtextextended('subjects of ' || %(house)s, 0))

-- candidates --
-- Known subjects that share one of the traits
SELECT trait.kind AS trait, subject_id, case_id, data_key, details, registered_at
FROM traits AS trait JOIN subjects USING (subject_id)
WHERE trait.house = %(house)s AND trait.blind_index = ANY(%(blind_indexes)s)

-- add_subject --
-- A subject that the house did not know
INSERT INTO subjects (subject_id, case_id, house, kind, data_key, details, registered_at)
VALUES (%(subject_id)s, %(case_id)s, %(house)s, %(kind)s, %(data_key)s, %(details)s, %(registered_at)s)

-- change_details --
-- More, or newer, about a known subject
UPDATE subjects SET details = %(details)s WHERE subject_id = %(subject_id)s

-- add_traits --
-- From now on the subject is recognised by these too; a BSN that it has already stays
INSERT INTO traits (house, kind, blind_index, subject_id)
SELECT %(house)s, trait.kind, trait.blind_index, %(subject_id)s
FROM unnest(%(kinds)s::text[], %(blind_indexes)s::bytea[]) AS trait (kind, blind_index)
ON CONFLICT DO NOTHING

-- add_referral --
-- What was brought to the house
INSERT INTO referrals (referral_id, subject_id, house, kind, referrer, message_id, received_on, municipality,
                       sub_region, sex, age_class, sealed, weighed, particulars)
VALUES (%(referral_id)s, %(subject_id)s, %(house)s, %(kind)s, %(referrer)s, %(message_id)s, %(received_on)s, %(municipality)s,
        %(sub_region)s, %(sex)s, %(age_class)s, %(sealed)s, %(weighed)s, %(particulars)s)

-- referral --
-- One referral of a house with what is known of its subject, still sealed
SELECT referrals.subject_id, referrer, message_id, particulars, case_id, data_key, details
FROM referrals JOIN subjects USING (subject_id)
WHERE referrals.house = %(house)s AND referral_id = %(referral_id)s

-- add_information_request --
-- A partner is asked
INSERT INTO information_requests (request_id, house, referral_id, partner, answer_by)
VALUES (%(request_id)s, %(house)s, %(referral_id)s, %(partner)s, %(answer_by)s)

-- add_disclosure --
-- Somebody is told who a subject is
INSERT INTO disclosures (house, subject_id, disclosed_to, purpose, correlation_id, disclosed_at)
VALUES (%(house)s, %(subject_id)s, %(disclosed_to)s, %(purpose)s, %(correlation_id)s, %(disclosed_at)s)
