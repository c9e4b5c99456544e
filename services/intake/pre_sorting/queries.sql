-- said --
-- What was said of a referral that was held back, locked
SELECT case_id, worrying, version
FROM held_back JOIN referrals USING (referral_id) JOIN subjects USING (subject_id)
WHERE held_back.house = %(house)s AND referral_id = %(referral_id)s AND data_key <> '' AND NOT sealed
  AND NOT EXISTS (SELECT FROM referrals_withdrawn WHERE referrals_withdrawn.referral_id = held_back.referral_id)
FOR UPDATE OF held_back

-- say_not_worrying --
-- Nobody weighs a referral that was held back
UPDATE held_back SET worrying = false, decided_by = %(by)s, decided_at = now(), because_text = %(because_text)s
WHERE referral_id = %(referral_id)s

-- waiting --
-- The referrals of which nobody has said yet whether they are worrying, the oldest first
SELECT referral_id, case_id, subject_id, referrals.kind, referrer, received_on, municipality, since, worrying, decided_by, decided_at,
       version
FROM held_back JOIN referrals USING (referral_id) JOIN subjects USING (subject_id)
WHERE held_back.house = %(house)s AND worrying IS NULL AND data_key <> '' AND NOT sealed
  AND NOT EXISTS (SELECT FROM referrals_withdrawn WHERE referrals_withdrawn.referral_id = held_back.referral_id)
ORDER BY since, referral_id LIMIT %(limit)s

-- not_worrying --
-- The referrals that nobody weighs, said last first
SELECT referral_id, case_id, subject_id, referrals.kind, referrer, received_on, municipality, since, worrying, decided_by, decided_at,
       version
FROM held_back JOIN referrals USING (referral_id) JOIN subjects USING (subject_id)
WHERE held_back.house = %(house)s AND worrying IS FALSE AND data_key <> '' AND NOT sealed
  AND NOT EXISTS (SELECT FROM referrals_withdrawn WHERE referrals_withdrawn.referral_id = held_back.referral_id)
ORDER BY decided_at DESC, referral_id LIMIT %(limit)s
