-- subjects_of_cases --
-- Whom some cases of a house are about
SELECT case_id, subject_id FROM subjects
WHERE house = %(house)s AND case_id = ANY(%(case_ids)b) AND data_key <> '' AND NOT sealed_only

-- particulars --
-- The particulars of open referrals that bring a text, and of the messages that told them again, the oldest first
WITH asked AS (
    SELECT referral_id, subject_id, case_id, data_key, referrals.house, referrals.kind, referrer, stated_at, received_on, particulars
    FROM referrals JOIN subjects USING (subject_id)
    WHERE referrals.house = %(house)s AND NOT sealed AND referrals.kind <> 'detention_notice' AND data_key <> ''
      AND (referral_id = ANY(%(referral_ids)b) OR subject_id IN (SELECT subject_id FROM subjects WHERE case_id = ANY(%(case_ids)b)))
)
SELECT referral_id, subject_id, case_id, data_key, house, kind, referrer, coalesce(stated_at, received_on) AS stated_at, particulars
FROM asked
UNION ALL
SELECT referral_id, subject_id, case_id, data_key, asked.house, kind, asked.referrer, told_again.stated_at, told_again.particulars
FROM asked JOIN told_again USING (referral_id)
ORDER BY stated_at
