-- put_on_agenda --
-- A referral that intake registered; gives no row when it is there already
INSERT INTO referrals (referral_id, house, case_id, subject_id, kind, referrer, received_on, municipality, sub_region,
                       tabling, table_on)
VALUES (%(referral_id)s, %(house)s, %(case_id)s, %(subject_id)s, %(kind)s, %(referrer)s, %(received_on)s, %(municipality)s,
        %(sub_region)s, %(tabling)s, %(table_on)s)
ON CONFLICT DO NOTHING
RETURNING referral_id

-- add_information_request --
-- A partner is asked
INSERT INTO information_requests (request_id, house, referral_id, partner, answer_by)
VALUES (%(request_id)s, %(house)s, %(referral_id)s, %(partner)s, %(answer_by)s)

-- referral_to_weigh --
-- One referral of a house, locked until the transaction ends, so that one of two decisions waits for the other
SELECT referral_id, house, case_id, subject_id, kind, referrer, received_on, municipality, sub_region, tabling, table_on
FROM referrals
WHERE house = %(house)s AND referral_id = %(referral_id)s
FOR UPDATE

-- add_decision --
-- What the team decided
INSERT INTO decisions (referral_id, tabling, house, briefing_on, decision, reason, comes_back_on, rerouted_to, escalated_to,
                       attendees, criteria, legal_ground, information_used, opens_table, back_on)
VALUES (%(referral_id)s, %(tabling)s, %(house)s, %(briefing_on)s, %(decision)s, %(reason)s, %(comes_back_on)s,
        %(rerouted_to)s, %(escalated_to)s, %(attendees)s, %(criteria)s, %(legal_ground)s, %(information_used)s,
        %(opens_table)s, %(back_on)s)

-- move_on_agenda --
-- Its next place on the agenda, or none
UPDATE referrals SET tabling = %(tabling)s, table_on = %(table_on)s WHERE referral_id = %(referral_id)s
