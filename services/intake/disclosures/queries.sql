-- subject_of_case --
-- Whom a case of a house is about, if it is known from open matters
SELECT subject_id FROM subjects WHERE house = %(house)s AND case_id = %(case_id)s AND NOT sealed_only

-- disclosures --
-- A page of who was told who a subject is or what was written about it, the newest first; the audit log says how people were called
SELECT position, disclosed_to, caller.actor_name AS name, caller.organisation, purpose, disclosed_at, contribution_id, written.kind
FROM disclosures
LEFT JOIN LATERAL (SELECT actor_name, organisation FROM audit_log
                   WHERE audit_log.case_id = %(case_id)s AND audit_log.correlation_id = disclosures.correlation_id
                     AND actor = disclosed_to LIMIT 1) AS caller ON true
LEFT JOIN LATERAL (SELECT kind FROM sealed_texts WHERE text_id = contribution_id LIMIT 1) AS written ON true
WHERE subject_id = %(subject_id)s AND position < coalesce(%(before)s, 9223372036854775807)
ORDER BY position DESC
LIMIT %(limit)s
