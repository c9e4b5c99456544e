-- briefings --
-- For which briefings referrals of a house wait, how many, and since when the first of them
SELECT sub_region, table_on, count(*) AS waiting, min(received_on) AS since
FROM referrals
WHERE house = %(house)s AND table_on IS NOT NULL
GROUP BY sub_region, table_on
ORDER BY table_on, sub_region
LIMIT %(limit)s

-- unanswered --
-- The referrals on which a partner has not answered in time, the longest overdue first, among the referrals that wait longest
SELECT referral_id, case_id, municipality, answer_by, requests
FROM (
    SELECT referral_id, case_id, municipality FROM referrals
    WHERE house = %(house)s AND table_on IS NOT NULL
    ORDER BY received_on, referral_id
    LIMIT %(among)s) AS waiting
CROSS JOIN LATERAL (
    SELECT min(answer_by) AS answer_by, count(*) AS requests FROM information_requests
    WHERE information_requests.referral_id = waiting.referral_id AND answered_on IS NULL AND void_on IS NULL AND answer_by < %(today)s
    ) AS unanswered
WHERE requests > 0
ORDER BY answer_by, referral_id
LIMIT %(limit)s

-- late_answers --
-- What partners told after the decision of people at no table and nobody has read, by request
SELECT request_id, case_id, municipality, min(told_on) AS since, count(*) AS told, bool_or(guard IS NOT NULL) AS running_there
FROM late_information JOIN referrals USING (referral_id)
WHERE late_information.house = %(house)s AND ended_on IS NULL AND table_on IS NULL AND withdrawn_on IS NULL
GROUP BY request_id, case_id, municipality
ORDER BY since, request_id
LIMIT %(limit)s

-- questions --
-- What a partner has not answered about the referrals on the agenda, the longest due first. OFFSET 0: by index, referral by referral
SELECT request_id, case_id, municipality, received_on, answer_by
FROM referrals
CROSS JOIN LATERAL (
    SELECT request_id, answer_by FROM information_requests
    WHERE information_requests.referral_id = referrals.referral_id AND partner = %(partner)s AND answered_on IS NULL
      AND void_on IS NULL
    OFFSET 0) AS question
WHERE house = %(house)s AND table_on IS NOT NULL
ORDER BY answer_by, request_id
LIMIT %(limit)s

-- to_call --
-- What nobody has answered whom no message asks, or not just that, or reminded, due by a day or later, what is due first on top, among the
-- referrals that wait longest; what is overdue is told with its referral
SELECT request_id, case_id, municipality, received_on, answer_by
FROM (
    SELECT referral_id, case_id, municipality, received_on FROM referrals
    WHERE house = %(house)s AND table_on IS NOT NULL
    ORDER BY received_on, referral_id
    LIMIT %(among)s) AS waiting
CROSS JOIN LATERAL (
    SELECT request_id, answer_by FROM information_requests
    WHERE information_requests.referral_id = waiting.referral_id AND answered_on IS NULL AND void_on IS NULL AND answer_by >= %(today)s
      AND (partner <> ALL(%(hear_questions)s) OR asked IS NOT NULL AND partner <> ALL(%(hear_each_question)s)
           OR reminded_on IS NOT NULL AND partner <> ALL(%(hear_reminders)s))
    OFFSET 0) AS question
ORDER BY answer_by, request_id
LIMIT %(limit)s

-- to_settle --
-- The briefings that were held and are not settled, the earliest first, and how many referrals nothing was decided on
SELECT sub_region, on_day AS "on", waiting
FROM briefings
CROSS JOIN LATERAL (
    SELECT count(*) AS waiting
    FROM briefing_items JOIN referrals USING (referral_id, tabling)
    WHERE briefing_items.briefing_id = briefings.briefing_id AND number IS NOT NULL AND table_on <= on_day) AS items
WHERE house = %(house)s AND state = 'held'
ORDER BY on_day, sub_region
LIMIT %(limit)s

-- follow_ups --
-- What was agreed by a house, is due by a day, and was not reported: what is due first on top
SELECT follow_up_id, case_id, municipality, agreed_on, due_on
FROM follow_ups JOIN referrals USING (referral_id, house)
WHERE house = %(house)s AND state IN ('agreed', 'overdue') AND due_on <= %(due_by)s
ORDER BY due_on, follow_up_id
LIMIT %(limit)s

-- own_follow_ups --
-- Likewise of one owner, but for what a colleague of these people does and is not overdue
SELECT follow_up_id, case_id, municipality, agreed_on, due_on
FROM follow_ups JOIN referrals USING (referral_id, house) LEFT JOIN people_of_owners USING (house, owner, person)
WHERE house = %(house)s AND owner = %(owner)s AND state IN ('agreed', 'overdue')
  AND (name IS NULL OR person = ANY(%(people)b::text[]) OR due_on < %(today)s)
ORDER BY due_on, follow_up_id
LIMIT %(limit)s
