-- add --
-- A partner told something of somebody at no table; nothing about a referral that was withdrawn
INSERT INTO late_information (information_id, house, referral_id, request_id, partner, told_on, guard, contribution_ids)
SELECT %(information_id)s, %(house)s, referral_id, %(request_id)s, %(partner)s, %(told_on)s, %(guard)s, %(contribution_ids)s
FROM referrals WHERE referral_id = %(referral_id)s AND withdrawn_on IS NULL

-- case_to_read --
-- The case that late information is about; locked
SELECT case_id FROM late_information JOIN referrals USING (referral_id)
WHERE late_information.house = %(house)s AND information_id = %(information_id)s
FOR UPDATE OF late_information

-- read --
-- Who read it first
UPDATE late_information SET ended_on = %(on)s, read_by = %(by)s WHERE information_id = %(information_id)s AND ended_on IS NULL

-- information --
-- One piece of late information
SELECT information_id, request_id, told_on, guard, ended_on, read_by FROM late_information WHERE information_id = %(information_id)s

-- of_request --
-- What a partner told too late to one request, the newest first
SELECT information_id, request_id, told_on, guard, ended_on, read_by
FROM late_information WHERE request_id = %(request_id)s AND house = %(house)s
ORDER BY told_on DESC, information_id DESC
LIMIT %(limit)s

-- hand_over --
-- What waits of people whom a decision on one of their referrals brought to a table since
UPDATE late_information SET ended_on = %(today)s
FROM referrals
WHERE referrals.referral_id = late_information.referral_id AND ended_on IS NULL AND EXISTS (
    SELECT FROM referrals AS any_of_them JOIN decisions USING (referral_id)
    WHERE any_of_them.case_id = ANY(ARRAY(SELECT id FROM same_person(ARRAY[referrals.case_id])))
      AND any_of_them.house = referrals.house AND opens_table IS NOT NULL AND recorded_at > returned_at)
RETURNING referrals.house, case_id, subject_id, referrals.referral_id, request_id, partner, told_on, contribution_ids

-- end_tabled --
-- What waits about referrals that are on an agenda again, or that were withdrawn
UPDATE late_information SET ended_on = %(today)s
FROM referrals
WHERE referrals.referral_id = late_information.referral_id AND ended_on IS NULL
  AND (table_on IS NOT NULL OR withdrawn_on IS NOT NULL)

-- forget --
-- Nobody knows any longer whom the referrals of a case are about
DELETE FROM late_information USING referrals WHERE late_information.referral_id = referrals.referral_id AND case_id = %(case_id)s
