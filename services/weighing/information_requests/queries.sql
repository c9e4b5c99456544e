-- add_information_request --
-- Partners are asked
INSERT INTO information_requests (request_id, house, referral_id, partner, answer_by)
SELECT * FROM unnest(%(request_id)b::uuid[], %(house)b::text[], %(referral_id)b::uuid[], %(partner)b::text[],
                     %(answer_by)b::date[])

-- information_request_to_answer --
-- The request that this partner of a house was sent, locked until the transaction ends; and whether the team has decided
SELECT request_id, referral_id, partner, answer_by, answered_on, involved, services, late, supplements, table_on IS NULL AS decided
FROM information_requests JOIN referrals USING (referral_id)
WHERE information_requests.house = %(house)s AND request_id = %(request_id)s AND partner = %(partner)s
FOR UPDATE OF information_requests

-- answer_information_request --
-- The partner's answer, in time or late
UPDATE information_requests
SET answered_on = %(answered_on)s, involved = %(involved)s, services = %(services)s, late = %(late)s, recorded_at = now()
WHERE request_id = %(request_id)s

-- supplement_information_request --
-- What the partner added or corrected
UPDATE information_requests SET supplements = coalesce(supplements, '[]') || %(supplement)s WHERE request_id = %(request_id)s

-- information_requests --
-- The requests about some referrals, with the answers
SELECT request_id, referral_id, partner, answer_by, answered_on, involved, services, late, supplements
FROM information_requests
WHERE referral_id = ANY(%(referral_ids)b::uuid[])
ORDER BY answer_by, request_id

-- reschedule --
-- Partners that have not answered are asked until another day; a day that was over before stays
UPDATE information_requests SET answer_by = %(answer_by)s
WHERE referral_id = ANY(%(referral_ids)b::uuid[]) AND answered_on IS NULL AND answer_by >= %(since)s AND answer_by <> %(answer_by)s
RETURNING request_id, referral_id, partner, answer_by, answered_on, involved, services, late, supplements
