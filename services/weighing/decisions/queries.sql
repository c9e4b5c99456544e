-- add_decisions --
-- What the team decided on some referrals
INSERT INTO decisions (referral_id, tabling, house, briefing_on, decision, reason, comes_back_on, rerouted_to, escalated_to,
                       attendees, criteria, legal_ground, information_used, opens_table, back_on)
SELECT referral_id, tabling, house, briefing_on, decision, reason, comes_back_on, rerouted_to, escalated_to,
       attendees, criteria, legal_ground, information_used, opens_table, back_on
FROM json_populate_recordset(NULL::decisions, %(decisions)s)

-- decisions_at --
-- What the team decided on some referrals at one briefing
SELECT referral_id, tabling, briefing_on, decision, reason, comes_back_on, rerouted_to, escalated_to, attendees, criteria,
       legal_ground, information_used, opens_table, back_on
FROM decisions
WHERE referral_id = ANY(%(referral_ids)b::uuid[]) AND briefing_on = %(briefing_on)s

-- decisions --
-- All decisions on some of a house's subjects, on whichever of their referrals, in the order of the briefings
SELECT subject_id, referral_id, decisions.tabling, briefing_on, decision, reason, comes_back_on, rerouted_to, escalated_to,
       attendees, criteria, legal_ground, information_used, opens_table, back_on
FROM decisions JOIN referrals USING (referral_id, house)
WHERE house = %(house)s AND subject_id = ANY(%(subject_ids)b)
ORDER BY briefing_on, referral_id
