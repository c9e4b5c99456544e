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

-- add_referral --
-- What was brought to the house
INSERT INTO referrals (referral_id, subject_id, house, kind, referrer, message_id, received_on, municipality,
                       sub_region, sex, age_class, sealed, weighed, particulars)
SELECT * FROM unnest(%(referral_id)b::uuid[], %(subject_id)b::uuid[], %(house)b::text[], %(kind)b::text[], %(referrer)b::text[],
                     %(message_id)b::uuid[], %(received_on)b::date[], %(municipality)b::text[], %(sub_region)b::text[],
                     %(sex)b::text[], %(age_class)b::text[], %(sealed)b::boolean[], %(weighed)b::boolean[],
                     %(particulars)b::bytea[])

-- referrals --
-- Some referrals with their subjects, still sealed
SELECT referrals.*, subjects.case_id, subjects.data_key, subjects.details
FROM referrals JOIN subjects USING (subject_id)
WHERE referral_id = ANY(%(referral_ids)b)

-- referral_of_message --
-- The referral that a partner's message became
SELECT referral_id, subjects.case_id
FROM referrals JOIN subjects USING (subject_id)
WHERE referrals.house = %(house)s AND referrer = %(referrer)s AND message_id = %(message_id)s

-- add_information_request --
-- Partners are asked
INSERT INTO information_requests (request_id, house, referral_id, partner, answer_by)
SELECT * FROM unnest(%(request_id)b::uuid[], %(house)b::text[], %(referral_id)b::uuid[], %(partner)b::text[],
                     %(answer_by)b::date[])

-- information_request --
-- What this partner was asked, and the case it is about
SELECT answered_on, subjects.case_id
FROM information_requests JOIN referrals USING (referral_id) JOIN subjects USING (subject_id)
WHERE request_id = %(request_id)s AND information_requests.house = %(house)s AND partner = %(partner)s
FOR UPDATE OF information_requests

-- answer_information_request --
-- It is answered; a second answer is not taken
UPDATE information_requests SET answered_on = %(answered_on)s WHERE request_id = %(request_id)s

-- add_refused_replay --
-- A request for a replay is refused; the same request again is to get the same reason
INSERT INTO refused_replays (house, partner, message_id, reason)
VALUES (%(house)s, %(partner)s, %(message_id)s, %(reason)s)

-- refused_replay --
-- Why this partner's request for a replay was refused
SELECT reason FROM refused_replays
WHERE house = %(house)s AND partner = %(partner)s AND message_id = %(message_id)s

-- add_disclosure --
-- Somebody is told who a subject is
INSERT INTO disclosures (house, subject_id, disclosed_to, purpose, correlation_id, disclosed_at)
SELECT * FROM unnest(%(house)b::text[], %(subject_id)b::uuid[], %(disclosed_to)b::text[], %(purpose)b::text[],
                     %(correlation_id)b::uuid[], %(disclosed_at)b::timestamptz[])

-- add_handed_on --
-- A partner's message is handed on, and answered once it is judged
INSERT INTO handed_on (house, partner, message_id, case_id, reference)
VALUES (%(house)s, %(partner)s, %(message_id)s, %(case_id)s, %(reference)s)

-- handed_on --
-- What was handed on, and what is wrong with it if that is known
SELECT case_id, reference, problems FROM handed_on
WHERE house = %(house)s AND partner = %(partner)s AND message_id = %(message_id)s

-- judge --
-- It is judged
UPDATE handed_on SET problems = %(problems)s
WHERE house = %(house)s AND partner = %(partner)s AND message_id = %(message_id)s

-- add_assignment --
-- A partner is to do something for somebody
INSERT INTO assignments (assignment_id, house, partner, case_id)
VALUES (%(assignment_id)s, %(house)s, %(partner)s, %(case_id)s)

-- case_of_assignment --
-- The case of what this partner is to do
SELECT case_id FROM assignments WHERE assignment_id = %(assignment_id)s AND house = %(house)s AND partner = %(partner)s
