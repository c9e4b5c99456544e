-- referred --
-- The referrals on the person of a case that a partner brought, unless the decision is too long ago, each with its last decision
SELECT referral_id, kind, received_on, briefing_on AS decided_on, decision, reason, back_on AS comes_back_on, rerouted_to
FROM referrals
LEFT JOIN LATERAL (
    SELECT briefing_on, decision, reason, back_on, rerouted_to FROM decisions
    WHERE decisions.referral_id = referrals.referral_id
    ORDER BY tabling DESC LIMIT 1) AS last ON true
WHERE house = %(house)s AND case_id = ANY(ARRAY(SELECT id FROM same_person(ARRAY[%(case_id)s::uuid]))) AND referrer = %(partner)s
  AND (table_on IS NOT NULL OR briefing_on >= %(since)s)
ORDER BY received_on DESC, referral_id
LIMIT %(limit)s

-- asked --
-- What a partner is asked about the referrals on the person of a case, unless they were decided too long ago
SELECT request_id, referral_id, subject_id, kind, received_on, answer_by, answered_on, involved
FROM referrals JOIN information_requests USING (referral_id)
WHERE referrals.house = %(house)s AND case_id = ANY(ARRAY(SELECT id FROM same_person(ARRAY[%(case_id)s::uuid])))
  AND partner = %(partner)s
  AND (table_on IS NOT NULL OR EXISTS (
        SELECT FROM decisions WHERE decisions.referral_id = referrals.referral_id AND briefing_on >= %(since)s))
ORDER BY received_on DESC, referral_id
LIMIT %(limit)s

-- owns --
-- What a partner does as the follow-up of decisions on the person of a case, unless it was reported too long ago
SELECT follow_up_id, agreed_on, what, other_partner, destination, life_domains, question, asked_of, due_on, state, reported_on
FROM referrals JOIN follow_ups USING (referral_id)
WHERE referrals.house = %(house)s AND case_id = ANY(ARRAY(SELECT id FROM same_person(ARRAY[%(case_id)s::uuid])))
  AND owner = %(partner)s AND state <> 'lapsed'
  AND (reported_on IS NULL OR reported_on >= %(since)s)
ORDER BY agreed_on DESC, due_on, follow_up_id
LIMIT %(limit)s
