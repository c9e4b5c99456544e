-- known --
-- Which of these referrals are on record
SELECT referral_id FROM referrals WHERE referral_id = ANY(%(referral_ids)b::uuid[])

-- put_on_agenda --
-- Referrals that intake registered
INSERT INTO referrals (referral_id, house, case_id, subject_id, kind, referrer, received_on, municipality, sub_region,
                       age_class, family, youth_institution, tabling, table_on)
SELECT * FROM unnest(%(referral_id)b::uuid[], %(house)b::text[], %(case_id)b::uuid[], %(subject_id)b::uuid[], %(kind)b::text[],
                     %(referrer)b::text[], %(received_on)b::date[], %(municipality)b::text[], %(sub_region)b::text[],
                     %(age_class)b::text[], %(family)b::boolean[], %(youth_institution)b::boolean[], %(tabling)b::integer[],
                     %(table_on)b::date[])

-- referral --
-- One referral of a house
SELECT referral_id, house, case_id, subject_id, kind, referrer, received_on, municipality, sub_region, age_class,
       family, youth_institution, tabling, table_on
FROM referrals
WHERE house = %(house)s AND referral_id = %(referral_id)s

-- referrals_to_weigh --
-- Some referrals of a house, locked until the transaction ends, so that one of two decisions waits for the other; always in
-- the same order, so that two calls never wait for each other
SELECT referral_id, house, case_id, subject_id, kind, referrer, received_on, municipality, sub_region, age_class,
       family, youth_institution, tabling, table_on
FROM referrals
WHERE house = %(house)s AND referral_id = ANY(%(referral_ids)b::uuid[])
ORDER BY referral_id
FOR UPDATE

-- move_on_agenda --
-- The next place of some referrals on the agenda, or none
UPDATE referrals SET tabling = moved.tabling, table_on = CASE WHEN withdrawn_on IS NULL THEN moved.table_on END
FROM unnest(%(referral_id)b::uuid[], %(tabling)b::integer[], %(table_on)b::date[]) AS moved (referral_id, tabling, table_on)
WHERE referrals.referral_id = moved.referral_id
RETURNING referrals.referral_id, referrals.table_on

-- state --
-- What the sender of a referral says besides its text
INSERT INTO stated (referral_id, urgent, consent, organisations, measures, contribution_ids)
VALUES (%(referral_id)s, %(urgent)s, %(consent)s, %(organisations)s, %(measures)s, %(contribution_ids)s)
ON CONFLICT (referral_id) DO UPDATE
SET urgent = EXCLUDED.urgent, consent = EXCLUDED.consent, organisations = EXCLUDED.organisations, measures = EXCLUDED.measures,
    contribution_ids = EXCLUDED.contribution_ids

-- stated --
-- What the senders of some referrals say besides their texts
SELECT referral_id, urgent, consent, organisations, measures, contribution_ids FROM stated WHERE referral_id = ANY(%(referral_ids)b::uuid[])

-- forget_stated --
-- Nobody knows any longer whom the referrals of a case are about
DELETE FROM stated USING referrals WHERE stated.referral_id = referrals.referral_id AND case_id = %(case_id)s

-- withdraw --
-- The sender of a referral withdrew it, with what it said besides
WITH of_stated AS (DELETE FROM stated WHERE referral_id = %(referral_id)s)
UPDATE referrals SET table_on = NULL, withdrawn_on = %(on)s WHERE referral_id = %(referral_id)s
