-- add_information_request --
-- Partners are asked
INSERT INTO information_requests (request_id, house, referral_id, partner, answer_by, asked, asked_on, asked_by)
SELECT * FROM unnest(%(request_id)b::uuid[], %(house)b::text[], %(referral_id)b::uuid[], %(partner)b::text[],
                     %(answer_by)b::date[], %(asked)s::jsonb[], %(asked_on)b::date[], %(asked_by)b::text[])

-- information_request_to_answer --
-- The request that this partner of a house was sent, locked until the transaction ends; and whether the team has decided
SELECT request_id, referral_id, partner, answer_by, asked, asked_on, asked_by, reminded_on, void_on, answered_on, involved,
       services, contact_id, late, supplements, table_on IS NULL AS decided
FROM information_requests JOIN referrals USING (referral_id)
WHERE information_requests.house = %(house)s AND request_id = %(request_id)s AND partner = %(partner)s
FOR UPDATE OF information_requests

-- answer_information_request --
-- The partner's answer, in time or late
UPDATE information_requests
SET answered_on = %(answered_on)s, involved = %(involved)s, services = %(services)s, contact_id = %(contact_id)s,
    late = %(late)s, recorded_at = now()
WHERE request_id = %(request_id)s

-- supplement_information_request --
-- What the partner added or corrected
UPDATE information_requests SET supplements = coalesce(supplements, '[]') || %(supplement)s WHERE request_id = %(request_id)s

-- information_requests --
-- The requests about some referrals, with the answers
SELECT request_id, referral_id, partner, answer_by, asked, asked_on, asked_by, reminded_on, void_on, answered_on, involved,
       services, contact_id, late, supplements
FROM information_requests
WHERE referral_id = ANY(%(referral_ids)b::uuid[])
ORDER BY answer_by, request_id

-- answered_about --
-- The answers about the people of some subjects, each with the given subject. What was said of a withdrawn referral may be
-- about somebody else, and one that was sealed looks withdrawn. One subject after the other, by index, whatever the planner knows
SELECT given, answered.*
FROM same_person(%(subject_ids)b::uuid[]) AS person CROSS JOIN LATERAL (
    SELECT request_id, referral_id, partner, answer_by, asked, asked_on, asked_by, reminded_on, void_on, answered_on, involved,
           services, contact_id, late, supplements
    FROM referrals JOIN information_requests USING (referral_id)
    WHERE referrals.house = %(house)s AND subject_id = person.id AND withdrawn_on IS NULL AND answered_on IS NOT NULL
    OFFSET 0) AS answered
ORDER BY answer_by, request_id

-- reschedule --
-- Partners that have not answered are asked until another day; a day that was over before stays
UPDATE information_requests SET answer_by = %(answer_by)s, reminded_on = NULL
WHERE referral_id = ANY(%(referral_ids)b::uuid[]) AND answered_on IS NULL AND void_on IS NULL AND answer_by >= %(since)s AND answer_by <> %(answer_by)s
RETURNING request_id, referral_id, partner, answer_by, asked, asked_on, asked_by, reminded_on, void_on, answered_on, involved,
          services, contact_id, late, supplements

-- void --
-- The team decided on these referrals without the answers that it still waited for
UPDATE information_requests SET void_on = %(today)s
WHERE referral_id = ANY(%(referral_ids)b::uuid[]) AND answered_on IS NULL AND void_on IS NULL
RETURNING request_id, referral_id, partner, answer_by, asked, asked_on, asked_by, reminded_on, void_on, answered_on, involved,
          services, contact_id, late, supplements

-- remind --
-- Requests of a house that are due by a day and were put before this one, of which the partner was not reminded: each is
-- given once
UPDATE information_requests SET reminded_on = %(on)s
FROM (SELECT request_id FROM information_requests
      WHERE house = %(house)s AND answer_by BETWEEN %(on)s AND %(due_by)s AND answered_on IS NULL AND void_on IS NULL AND reminded_on IS NULL
        AND asked_on < %(on)s
      ORDER BY answer_by, request_id
      LIMIT %(limit)s
      FOR UPDATE SKIP LOCKED) AS due
JOIN information_requests AS own USING (request_id) JOIN referrals USING (referral_id)
WHERE information_requests.request_id = due.request_id
RETURNING case_id, referrals.referral_id, due.request_id, information_requests.partner,
          information_requests.answer_by

-- open_requests --
-- The requests of a house whose answers the team waits for, of one partner or of all, the earliest day first
SELECT request_id FROM information_requests JOIN referrals USING (referral_id)
WHERE information_requests.house = %(house)s AND answered_on IS NULL AND void_on IS NULL AND table_on IS NOT NULL
  AND partner = coalesce(%(partner)s, partner)
ORDER BY answer_by, request_id
LIMIT %(limit)s

-- closed_requests --
-- The requests of a house that are answered or needed no more, due since a day, of one partner or of all, the latest first
SELECT request_id FROM information_requests
WHERE answer_by >= %(since)s AND house = %(house)s AND (answered_on IS NOT NULL OR void_on IS NOT NULL)
  AND partner = coalesce(%(partner)s, partner)
ORDER BY answer_by DESC, request_id
LIMIT %(limit)s

-- asked_referrals --
-- Some requests of a house, of one partner or of all, each with its referral and the last decision on it
SELECT request_id, referral_id, partner, answer_by, asked, asked_on, asked_by, reminded_on, void_on, answered_on, involved,
       services, contact_id, late, supplements,
       case_id, subject_id, kind, received_on, municipality, sub_region, table_on,
       briefing_on AS decided_on, decision, reason, back_on AS comes_back_on, rerouted_to
FROM information_requests JOIN referrals USING (referral_id)
LEFT JOIN LATERAL (
    SELECT briefing_on, decision, reason, back_on, rerouted_to FROM decisions
    WHERE decisions.referral_id = referrals.referral_id
    ORDER BY tabling DESC LIMIT 1) AS last ON true
WHERE information_requests.house = %(house)s AND request_id = ANY(%(request_ids)b::uuid[])
  AND partner = coalesce(%(partner)s, partner)
