-- add_information_request --
-- Partners are asked
INSERT INTO information_requests (request_id, house, referral_id, partner, answer_by, asked_on)
SELECT * FROM unnest(%(request_id)b::uuid[], %(house)b::text[], %(referral_id)b::uuid[], %(partner)b::text[],
                     %(answer_by)b::date[], %(asked_on)b::date[])

-- reschedule_information_request --
-- The briefing is on another day, and so is the last day to answer
UPDATE information_requests SET answer_by = %(answer_by)s
WHERE request_id = %(request_id)s AND partner = %(partner)s AND answered_on IS NULL
RETURNING request_id

-- information_request --
-- What this partner was asked, and the case it is about
SELECT asked_on, answered_on, subjects.case_id
FROM information_requests JOIN referrals USING (referral_id) JOIN subjects USING (subject_id)
WHERE request_id = %(request_id)s AND information_requests.house = %(house)s AND partner = %(partner)s
FOR UPDATE OF information_requests

-- answer_information_request --
-- It is answered
UPDATE information_requests SET answered_on = %(answered_on)s WHERE request_id = %(request_id)s
