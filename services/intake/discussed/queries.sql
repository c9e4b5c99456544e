-- asked --
-- How often somebody asked whether people are discussed, by the audit log, which names why each time
SELECT count(*) AS asked FROM audit_log
WHERE house = %(house)s AND actor = %(caller)s AND at >= %(since)s AND object_kind = 'discussions' AND status < 400

-- running --
-- For what a case is discussed now. A detention has a last day from when its release is known, and goes on until then; weighing
-- knows nothing of a referral that is held back
SELECT DISTINCT purpose FROM openings
WHERE house = %(house)s AND case_id = ANY(ARRAY(SELECT id FROM same_person(ARRAY[%(case_id)s::uuid])))
  AND purpose = ANY(%(purposes)b) AND (last_day IS NULL OR last_day > %(ended_until)s)
  AND NOT EXISTS (SELECT FROM held_back WHERE referral_id = opened_by AND worrying IS NOT TRUE)
