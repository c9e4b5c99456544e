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
SELECT referral_id, subject_id, referrals.house, referrals.kind, referrer, message_id, received_on, municipality, sub_region, sex,
       age_class, sealed, weighed, particulars, case_id, data_key, details
FROM referrals JOIN subjects USING (subject_id)
WHERE referral_id = ANY(%(referral_ids)b)

-- referral_of_message --
-- The referral that a partner's message became
SELECT referral_id, subjects.case_id
FROM referrals JOIN subjects USING (subject_id)
WHERE referrals.house = %(house)s AND referrer = %(referrer)s AND message_id = %(message_id)s
