-- lock_calendar --
-- Of two commands on the briefings of a sub-region the second waits, and then sees what the first did
SELECT pg_advisory_xact_lock(hashtextextended('briefings of ' || %(house)s || ': ' || %(sub_region)s, 0))

-- exceptions --
-- The briefings of a house that are not held on the day that the weekday gives: moved, cancelled, extra
SELECT briefing_id, house, sub_region, on_day AS "on", by_rule, state, version
FROM briefings
WHERE house = %(house)s
  AND CASE WHEN by_rule IS NULL THEN state <> 'cancelled' ELSE by_rule <> on_day OR state = 'cancelled' END

-- briefing_on --
-- What was recorded of the briefing of a sub-region on one day; of one that was cancelled only if there is no other one
SELECT briefing_id, house, sub_region, on_day AS "on", by_rule, state, version
FROM briefings
WHERE house = %(house)s AND sub_region = %(sub_region)s AND on_day = %(on)s
ORDER BY state = 'cancelled', by_rule IS NULL, briefing_id
LIMIT 1

-- keep_briefing --
-- The day and the state that count from now on
INSERT INTO briefings (briefing_id, house, sub_region, on_day, by_rule, state)
VALUES (%(briefing_id)s, %(house)s, %(sub_region)s, %(on)s, %(by_rule)s, %(state)s)
ON CONFLICT (briefing_id) DO UPDATE SET on_day = EXCLUDED.on_day, state = EXCLUDED.state, version = briefings.version + 1

-- add_change --
-- What is recorded of a briefing
INSERT INTO briefing_changes (briefing_id, state, on_day, because, recorded_by)
VALUES (%(briefing_id)s, %(state)s, %(on)s, %(because)s, %(recorded_by)s)

-- recorded --
-- The briefings of a sub-region from a day on of which something was recorded, the earliest first
SELECT briefing_id, house, sub_region, on_day AS "on", by_rule, state, version
FROM briefings
WHERE house = %(house)s AND sub_region = %(sub_region)s AND on_day >= %(since)s
ORDER BY on_day, state, briefing_id
LIMIT %(limit)s

-- changes --
-- What was recorded of a briefing, in order
SELECT state, on_day AS "on", because, recorded_by, recorded_at
FROM briefing_changes
WHERE briefing_id = %(briefing_id)s
ORDER BY position

-- briefings_with --
-- The briefings with a referral of a case on their agenda, or at which the team decided on one
SELECT briefing_id
FROM briefings JOIN referrals USING (house, sub_region)
WHERE house = %(house)s AND case_id = %(case_id)s AND (
      EXISTS (SELECT FROM briefing_items AS item
              WHERE (item.briefing_id, item.referral_id) = (briefings.briefing_id, referrals.referral_id))
      OR EXISTS (SELECT FROM decisions
                 WHERE decisions.referral_id = referrals.referral_id AND briefing_on = on_day))
