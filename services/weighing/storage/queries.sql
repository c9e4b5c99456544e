-- known --
-- Which of these referrals are there
SELECT referral_id FROM referrals WHERE referral_id = ANY(%(referral_ids)b::uuid[])

-- put_on_agenda --
-- Referrals that intake registered
INSERT INTO referrals (referral_id, house, case_id, subject_id, kind, referrer, received_on, municipality, sub_region,
                       tabling, table_on)
SELECT * FROM unnest(%(referral_id)b::uuid[], %(house)b::text[], %(case_id)b::uuid[], %(subject_id)b::uuid[], %(kind)b::text[],
                     %(referrer)b::text[], %(received_on)b::date[], %(municipality)b::text[], %(sub_region)b::text[],
                     %(tabling)b::integer[], %(table_on)b::date[])

-- referral --
-- One referral of a house
SELECT referral_id, house, case_id, subject_id, kind, referrer, received_on, municipality, sub_region, tabling, table_on
FROM referrals
WHERE house = %(house)s AND referral_id = %(referral_id)s

-- referrals_to_weigh --
-- Some referrals of a house, locked until the transaction ends, so that one of two decisions waits for the other; always in
-- the same order, so that two calls never wait for each other
SELECT referral_id, house, case_id, subject_id, kind, referrer, received_on, municipality, sub_region, tabling, table_on
FROM referrals
WHERE house = %(house)s AND referral_id = ANY(%(referral_ids)b::uuid[])
ORDER BY referral_id
FOR UPDATE

-- move_on_agenda --
-- The next place of some referrals on the agenda, or none
UPDATE referrals SET tabling = moved.tabling, table_on = moved.table_on
FROM unnest(%(referral_id)b::uuid[], %(tabling)b::integer[], %(table_on)b::date[]) AS moved (referral_id, tabling, table_on)
WHERE referrals.referral_id = moved.referral_id

-- agenda --
-- A page of what is on the table of a sub-region at a briefing, in the order in which it was received
SELECT referral_id, house, case_id, subject_id, kind, referrer, received_on, municipality, sub_region, tabling, table_on
FROM referrals
WHERE house = %(house)s AND sub_region = %(sub_region)s AND table_on <= %(on)s
  AND (%(after)s::uuid IS NULL OR (received_on, referral_id) > (
        SELECT received_on, referral_id FROM referrals WHERE referral_id = %(after)s))
ORDER BY received_on, referral_id
LIMIT %(limit)s

-- briefings --
-- For which briefings of a sub-region referrals wait, and how many
SELECT table_on AS "on", count(*) AS waiting
FROM referrals
WHERE house = %(house)s AND sub_region = %(sub_region)s AND table_on IS NOT NULL
GROUP BY table_on
ORDER BY table_on

-- waiting --
-- How many referrals wait for a decision, per house and sub-region
SELECT house, sub_region, count(*) AS waiting FROM referrals WHERE table_on IS NOT NULL GROUP BY house, sub_region

-- add_information_request --
-- Partners are asked
INSERT INTO information_requests (request_id, house, referral_id, partner, answer_by)
SELECT * FROM unnest(%(request_id)b::uuid[], %(house)b::text[], %(referral_id)b::uuid[], %(partner)b::text[],
                     %(answer_by)b::date[])

-- information_request_to_answer --
-- What this partner of a house was asked, locked until the transaction ends
SELECT answered_on FROM information_requests
WHERE house = %(house)s AND request_id = %(request_id)s AND partner = %(partner)s
FOR UPDATE

-- answer_information_request --
-- The partner's answer, in time or late
UPDATE information_requests SET answered_on = %(answered_on)s, involved = %(involved)s WHERE request_id = %(request_id)s

-- information_requests --
-- What was asked about some referrals, with the answers
SELECT * FROM information_requests WHERE referral_id = ANY(%(referral_ids)b::uuid[]) ORDER BY answer_by, request_id

-- add_decisions --
-- What the team decided on some referrals
INSERT INTO decisions (referral_id, tabling, house, briefing_on, decision, reason, comes_back_on, rerouted_to, escalated_to,
                       attendees, criteria, legal_ground, information_used, opens_table, back_on)
SELECT referral_id, tabling, house, briefing_on, decision, reason, comes_back_on, rerouted_to, escalated_to,
       attendees, criteria, legal_ground, information_used, opens_table, back_on
FROM json_populate_recordset(NULL::decisions, %(decisions)s)

-- decisions_at --
-- What the team decided on some referrals at one briefing
SELECT * FROM decisions WHERE referral_id = ANY(%(referral_ids)b::uuid[]) AND briefing_on = %(briefing_on)s

-- decisions --
-- All decisions on some of a house's subjects, on whichever of their referrals, in the order of the briefings
SELECT subject_id, decisions.*
FROM decisions JOIN referrals USING (referral_id, house)
WHERE house = %(house)s AND subject_id = ANY(%(subject_ids)b)
ORDER BY briefing_on, referral_id
