-- add_decisions --
-- What the team decided on some referrals
INSERT INTO decisions (referral_id, tabling, house, briefing_on, decision, reason, comes_back_on, rerouted_to, escalated_to,
                       attendees, criteria, legal_ground, information_used, opens_table, back_on, tabled_on,
                       recorded_by, recorded_at)
SELECT referral_id, tabling, house, briefing_on, decision, reason, comes_back_on, rerouted_to, escalated_to,
       attendees, criteria, legal_ground, information_used, opens_table, back_on, tabled_on, recorded_by, recorded_at
FROM json_populate_recordset(NULL::decisions, %(decisions)s)

-- add_details --
-- What goes with some of these decisions
INSERT INTO decision_details (referral_id, recorded_at, details)
SELECT referral_id, recorded_at, details FROM json_populate_recordset(NULL::decision_details, %(details)s)

-- decisions_at --
-- What the team decided on some referrals at one briefing
SELECT referral_id, tabling, briefing_on, decision, reason, comes_back_on, rerouted_to, escalated_to, attendees, criteria,
       legal_ground, information_used, opens_table, back_on, tabled_on, recorded_by, recorded_at, details
FROM decisions LEFT JOIN decision_details USING (referral_id, recorded_at)
WHERE referral_id = ANY(%(referral_ids)b::uuid[]) AND briefing_on = %(briefing_on)s AND house = %(house)s

-- decisions_on --
-- What the team decided on one referral, tabling by tabling
SELECT referral_id, tabling, briefing_on, decision, reason, comes_back_on, rerouted_to, escalated_to, attendees, criteria,
       legal_ground, information_used, opens_table, back_on, tabled_on, recorded_by, recorded_at, details
FROM decisions LEFT JOIN decision_details USING (referral_id, recorded_at)
WHERE referral_id = %(referral_id)s AND house = %(house)s
ORDER BY tabling

-- first_recorded --
-- When the first decision at a tabling of a referral was recorded, those that were taken back included
SELECT min(recorded_at) AS recorded_at
FROM (SELECT recorded_at FROM decisions WHERE referral_id = %(referral_id)s AND tabling = %(tabling)s
      UNION ALL
      SELECT (decision ->> 'recorded_at')::timestamptz FROM decisions_taken_back
      WHERE referral_id = %(referral_id)s AND tabling = %(tabling)s) AS recorded

-- take_back --
-- A decision that counts no longer
WITH wrong AS (
    DELETE FROM decisions WHERE referral_id = %(referral_id)s AND tabling = %(tabling)s RETURNING decisions
)
INSERT INTO decisions_taken_back (referral_id, tabling, taken_back_at, taken_back_by, withdrawn, because, because_text, decision)
SELECT %(referral_id)s, %(tabling)s, %(taken_back_at)s, %(taken_back_by)s, %(withdrawn)s, '', %(because_text)s, to_jsonb(wrong.decisions)
FROM wrong

-- decisions --
-- All decisions that count on some of a house's subjects, on whichever of their referrals, in the order of the briefings
SELECT subject_id, referral_id, decisions.tabling, briefing_on, decision, reason, comes_back_on, rerouted_to, escalated_to,
       attendees, criteria, legal_ground, information_used, opens_table, back_on, tabled_on, recorded_by, recorded_at, details
FROM decisions JOIN referrals USING (referral_id, house)
LEFT JOIN decision_details USING (referral_id, recorded_at)
WHERE house = %(house)s AND subject_id = ANY(%(subject_ids)b)
ORDER BY briefing_on, referral_id

-- decisions_of_briefing --
-- A page of what the team decided at one briefing of a sub-region, with the referrals, in order of receipt
SELECT referral_id, house, case_id, subject_id, kind, referrer, received_on, municipality, sub_region, age_class, family,
       decisions.tabling, briefing_on, decision, reason, comes_back_on, rerouted_to, escalated_to, attendees, criteria,
       legal_ground, information_used, opens_table, back_on, tabled_on, recorded_by, recorded_at, details
FROM decisions JOIN referrals USING (referral_id, house)
LEFT JOIN decision_details USING (referral_id, recorded_at)
WHERE house = %(house)s AND briefing_on = %(briefing_on)s AND sub_region = %(sub_region)s
  AND (%(after)s::uuid IS NULL OR (received_on, referral_id) > (
        SELECT received_on, referral_id FROM referrals WHERE referral_id = %(after)s))
ORDER BY received_on, referral_id
LIMIT %(limit)s

-- move_returns --
-- The deferrals that brought some referrals back at the briefing that they were on bring them back at another one
UPDATE decisions SET back_on = %(to)s
FROM unnest(%(referral_id)b::uuid[], %(tabling)b::integer[], %(table_on)b::date[]) AS item (referral_id, tabling, table_on)
WHERE decisions.referral_id = item.referral_id AND decisions.tabling = item.tabling - 1 AND back_on = table_on AND back_on <> %(to)s
RETURNING decisions.referral_id

-- taken_back --
-- All decisions on some of a house's subjects that count no longer, in the order in which they were taken back
SELECT subject_id, taken_back_at, taken_back_by, withdrawn, because, because_text, past.*, details
FROM decisions_taken_back JOIN referrals USING (referral_id),
     jsonb_populate_record(NULL::decisions, decisions_taken_back.decision) AS past
     LEFT JOIN decision_details USING (referral_id, recorded_at)
WHERE referrals.house = %(house)s AND subject_id = ANY(%(subject_ids)b)
ORDER BY taken_back_at
