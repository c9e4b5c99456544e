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

-- asked --
-- What some partners were asked about some referrals, the last first
SELECT referral_id, partner,
       array_agg(request_id ORDER BY answer_by DESC, asked_on DESC NULLS LAST, request_id) AS request_ids
FROM information_requests
WHERE referral_id = ANY(%(referral_ids)b::uuid[]) AND partner = ANY(%(partners)s)
GROUP BY referral_id, partner

-- information_request --
-- What this partner was asked, or any without one, and the case it is about
SELECT partner, asked_on, answered_on, coalesce(open_case_id, subjects.case_id) AS case_id, subjects.case_id AS texts_case_id,
       data_key = '' AS is_forgotten
FROM information_requests JOIN referrals USING (referral_id) JOIN subjects USING (subject_id) LEFT JOIN sealings USING (referral_id)
WHERE request_id = %(request_id)s AND information_requests.house = %(house)s
  AND partner = coalesce(%(partner)s, partner)
FOR UPDATE OF information_requests

-- answer_information_request --
-- It is answered, or more is added to the answer
UPDATE information_requests
SET answered_on = coalesce(answered_on, %(answered_on)s), text_ids = nullif(text_ids || %(text_ids)s::uuid[], '{}')
WHERE request_id = %(request_id)s

-- add_given_answer --
-- A person answered, or wrote down what was said by phone
INSERT INTO given_answers (request_id, answered_on, recorded_by, recorded_at, on_behalf)
VALUES (%(request_id)s, %(answered_on)s, %(recorded_by)s, %(recorded_at)s, %(on_behalf)s)

-- given_answers --
-- What persons answered to some requests of a house, or of one of its partners, in order
SELECT request_id, given_answers.answered_on, recorded_by, recorded_at, on_behalf
FROM given_answers JOIN information_requests USING (request_id)
WHERE request_id = ANY(%(request_ids)b::uuid[]) AND house = %(house)s AND partner = coalesce(%(partner)s, partner)
ORDER BY position
