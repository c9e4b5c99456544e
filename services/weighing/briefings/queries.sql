-- briefings --
-- For which briefings of a sub-region referrals wait, the earliest first, and how many wait
SELECT table_on AS "on", count(*) AS waiting
FROM referrals
WHERE house = %(house)s AND sub_region = %(sub_region)s AND table_on IS NOT NULL
GROUP BY table_on
ORDER BY table_on
LIMIT %(limit)s

-- held_briefings --
-- The last briefings of a sub-region with decisions, among the house's last decisions, how many were decided on, and what was
-- recorded of the briefing
SELECT briefing_on AS "on", count(*) AS decided, coalesce(min(state), 'planned') AS state
FROM (SELECT briefing_on, referral_id FROM decisions WHERE house = %(house)s
      ORDER BY briefing_on DESC LIMIT %(decisions)s) AS lately JOIN referrals USING (referral_id)
LEFT JOIN briefings ON briefings.house = %(house)s AND briefings.sub_region = referrals.sub_region AND on_day = briefing_on
                       AND state <> 'cancelled'
WHERE referrals.sub_region = %(sub_region)s
GROUP BY briefing_on
ORDER BY briefing_on DESC
LIMIT %(limit)s

-- items_to_move --
-- What waits for a briefing or an earlier one, locked, so that a decision on it comes before or after; always in the same order
SELECT referral_id, house, case_id, subject_id, kind, referrer, received_on, municipality, sub_region, age_class,
       family, youth_institution, tabling, table_on
FROM referrals
WHERE house = %(house)s AND sub_region = %(sub_region)s AND table_on <= %(on)s
ORDER BY referral_id
FOR UPDATE

-- has_decisions --
-- Whether a decision of a briefing stands
SELECT 1 AS found FROM decisions JOIN referrals USING (referral_id, house)
WHERE house = %(house)s AND briefing_on = %(on)s AND sub_region = %(sub_region)s
LIMIT 1

-- keep_items --
-- What was on the agenda of a briefing when it was cancelled; cancelled again, the last agenda counts
WITH gone AS (DELETE FROM briefing_items WHERE briefing_id = %(briefing_id)s AND referral_id <> ALL(%(referral_id)b::uuid[]))
INSERT INTO briefing_items (briefing_id, referral_id, tabling)
SELECT %(briefing_id)s, referral_id, tabling
FROM unnest(%(referral_id)b::uuid[], %(tabling)b::integer[]) AS items (referral_id, tabling)
ON CONFLICT (briefing_id, referral_id) DO UPDATE SET tabling = EXCLUDED.tabling

-- items_to_bring_back --
-- What was on the agenda when the briefing was cancelled, and waits for a later one since
SELECT referral_id, house, case_id, subject_id, kind, referrer, received_on, municipality, sub_region, age_class,
       family, youth_institution, referrals.tabling, table_on
FROM briefing_items JOIN referrals USING (referral_id)
WHERE briefing_id = %(briefing_id)s AND referrals.tabling = briefing_items.tabling AND table_on > %(on)s
ORDER BY referral_id
FOR UPDATE OF referrals

-- clear_numbers --
-- Before the agenda is fixed anew
UPDATE briefing_items SET number = NULL WHERE briefing_id = %(briefing_id)s

-- number_first --
-- What comes first on the agenda
INSERT INTO briefing_items (briefing_id, referral_id, tabling, number)
SELECT %(briefing_id)s, referral_id, tabling, number
FROM unnest(%(referral_ids)b::uuid[]) WITH ORDINALITY AS ordered (referral_id, number) JOIN referrals USING (referral_id)
ON CONFLICT (briefing_id, referral_id) DO UPDATE SET tabling = EXCLUDED.tabling, number = EXCLUDED.number

-- decided_at --
-- The referrals on which the team decided at a briefing
SELECT referral_id, house, case_id, subject_id, kind, referrer, received_on, municipality, sub_region, age_class,
       family, youth_institution, decisions.tabling, table_on
FROM decisions JOIN referrals USING (referral_id, house)
WHERE house = %(house)s AND briefing_on = %(on)s AND sub_region = %(sub_region)s

-- number_rest --
-- What has no number yet, in this order
INSERT INTO briefing_items (briefing_id, referral_id, tabling, number)
SELECT %(briefing_id)s, referral_id, tabling,
       (SELECT coalesce(max(number), 0) FROM briefing_items WHERE briefing_id = %(briefing_id)s) + row_number() OVER (ORDER BY place)
FROM unnest(%(referral_id)b::uuid[], %(tabling)b::integer[]) WITH ORDINALITY AS ordered (referral_id, tabling, place)
WHERE NOT EXISTS (SELECT FROM briefing_items WHERE briefing_id = %(briefing_id)s
                  AND briefing_items.referral_id = ordered.referral_id AND number IS NOT NULL)
ON CONFLICT (briefing_id, referral_id) DO UPDATE SET tabling = EXCLUDED.tabling, number = EXCLUDED.number

-- items --
-- The agenda of a briefing as it was fixed, and what became of each referral
SELECT referral_id, case_id, subject_id, number,
       CASE WHEN EXISTS (SELECT FROM decisions WHERE decisions.referral_id = referrals.referral_id AND briefing_on = %(on)s)
            THEN 'decided'
            WHEN table_on <= %(on)s AND referrals.tabling = briefing_items.tabling THEN 'waiting'
            ELSE 'moved' END AS progress
FROM briefing_items JOIN referrals USING (referral_id)
WHERE briefing_id = %(briefing_id)s AND number IS NOT NULL
ORDER BY number
LIMIT %(limit)s
