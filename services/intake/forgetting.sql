-- registered --
-- The next subjects that were registered before then
SELECT subject_id FROM subjects
WHERE subject_id > %(after)s AND data_key <> '' AND registered_at < %(since)s
ORDER BY subject_id LIMIT %(step)s

-- quiet --
-- Those of some subjects, with all records of the same people, of whom nothing was heard or told since then, and whose cases, and those
-- of their families, were over by then. What partners reported of a case counts as long as the inbox knows it
WITH records AS (
    SELECT DISTINCT person.given, subjects.subject_id, case_id, house, registered_at, sealed_only
    FROM same_person(%(subject_ids)b::uuid[]) AS person JOIN subjects ON subjects.subject_id = person.id AND data_key <> ''
), heard AS (
    SELECT given FROM records
    WHERE registered_at >= %(since)s
       OR EXISTS (SELECT FROM claims WHERE claims.subject_id = records.subject_id AND stated_at >= %(since)s)
       OR EXISTS (SELECT FROM disclosures WHERE disclosures.subject_id = records.subject_id AND disclosed_at >= %(since)s)
       OR EXISTS (SELECT FROM referrals LEFT JOIN told_again USING (referral_id)
                  WHERE referrals.subject_id = records.subject_id AND (received_on >= %(since)s::date OR told_at >= %(since)s))
       OR EXISTS (SELECT FROM openings WHERE openings.case_id = records.case_id AND (last_day IS NULL OR last_day >= %(since)s::date))
       OR EXISTS (SELECT FROM relations JOIN subjects AS family ON family.subject_id = other_id
                  JOIN openings ON openings.case_id = family.case_id
                  WHERE relations.subject_id = records.subject_id AND relations.kind = 'member' AND until IS NULL
                    AND withdrawn_at IS NULL AND (last_day IS NULL OR last_day >= %(since)s::date))
       OR EXISTS (SELECT FROM set_aside WHERE decision IS NULL AND records.subject_id = ANY(conflicts_with))
       OR EXISTS (SELECT FROM handed_on JOIN inbox ON inbox.sender = handed_on.house || '.' || partner
                                                  AND inbox.message_id = handed_on.message_id
                  WHERE handed_on.case_id = records.case_id AND received_at >= %(since)s)
)
SELECT DISTINCT subject_id, case_id, house, sealed_only FROM records WHERE given NOT IN (SELECT given FROM heard)

-- take_forgotten_earlier --
-- Take the next of those who were forgotten before it was told off the list
WITH told AS (
    DELETE FROM forgotten_earlier
    WHERE subject_id IN (SELECT subject_id FROM forgotten_earlier WHERE noted_at < %(noted_before)s
                         ORDER BY subject_id LIMIT %(step)s FOR UPDATE SKIP LOCKED)
    RETURNING subject_id
)
SELECT subject_id, case_id, house, sealed_only FROM told JOIN subjects USING (subject_id)

-- known_before --
-- Of sealed subjects those of which their referrals were before, as far as nothing is known of these any more
SELECT DISTINCT open.subject_id, open.case_id, open.house, open.sealed_only
FROM referrals JOIN sealings USING (referral_id) JOIN subjects AS open ON open.case_id = open_case_id
WHERE referrals.subject_id = ANY(%(subject_ids)b::uuid[]) AND open.data_key = ''

-- forget --
-- Destroy the data keys of some subjects, what was said of them, and by what they were recognised
WITH forgotten AS (
    UPDATE subjects SET data_key = '', details = NULL WHERE subject_id = ANY(%(subject_ids)b) AND data_key <> '' RETURNING subject_id, case_id, house, sealed_only
), of_claims AS (
    DELETE FROM claims USING forgotten WHERE claims.subject_id = forgotten.subject_id
), of_traits AS (
    DELETE FROM traits USING forgotten WHERE traits.subject_id = forgotten.subject_id
), of_lists AS (
    DELETE FROM listed_suspects USING forgotten WHERE listed_suspects.subject_id = forgotten.subject_id
), of_likenesses AS (
    DELETE FROM likenesses USING forgotten WHERE likenesses.subject_id = forgotten.subject_id
), of_referrals AS (
    UPDATE referrals SET particulars = '', told = NULL FROM forgotten WHERE referrals.subject_id = forgotten.subject_id
), of_told_again AS (
    UPDATE told_again SET particulars = '' FROM referrals JOIN forgotten USING (subject_id)
    WHERE told_again.referral_id = referrals.referral_id
), of_relations AS (
    DELETE FROM relations USING forgotten WHERE forgotten.subject_id IN (relations.subject_id, other_id)
), of_to_match AS (
    DELETE FROM to_match USING forgotten WHERE to_match.subject_id = forgotten.subject_id
), of_openings AS (
    DELETE FROM openings USING forgotten WHERE openings.case_id = forgotten.case_id
), of_proposals AS (
    DELETE FROM matches USING forgotten
    WHERE forgotten.subject_id IN (matches.subject_id, other_id)
      AND NOT EXISTS (SELECT FROM match_decisions WHERE match_decisions.match_id = matches.match_id)
), of_matches AS (
    UPDATE match_decisions SET because = '' FROM matches, forgotten
    WHERE match_decisions.match_id = matches.match_id AND forgotten.subject_id IN (matches.subject_id, other_id)
), of_contact_moments AS (
    UPDATE contact_moments SET data_key = '', told = '' FROM referrals
    WHERE contact_moments.referral_id = referrals.referral_id
      AND referrals.subject_id IN (SELECT subject_id FROM forgotten UNION ALL
                                   SELECT other_id FROM relations JOIN forgotten USING (subject_id) WHERE relations.kind = 'member')
), of_set_aside AS (
    UPDATE set_aside SET told = '', because = '' FROM forgotten WHERE set_aside.subject_id = forgotten.subject_id
), of_handed_on AS (
    DELETE FROM handed_on USING forgotten
    WHERE handed_on.case_id = forgotten.case_id
      AND NOT EXISTS (SELECT FROM inbox WHERE inbox.sender = handed_on.house || '.' || partner
                                          AND inbox.message_id = handed_on.message_id)
)
SELECT subject_id, case_id, house, sealed_only FROM forgotten

-- forget_contact_moments --
-- Destroy the data keys of what reached the house before a day and became no referral, and what is left of referrals that were
-- withdrawn before anybody knew whom they were about
WITH of_withdrawn AS (
    UPDATE set_aside SET told = '', because = ''
    WHERE decision = 'withdrawn' AND decided_at < %(since)s AND told <> ''
)
UPDATE contact_moments SET data_key = '', told = ''
WHERE told_on < %(since)s::date AND data_key <> '' AND NOT EXISTS (SELECT FROM referrals
                                                                   WHERE referrals.referral_id = contact_moments.referral_id)

-- old_questions --
-- The BIJ questions that were asked before then
SELECT question_id FROM bij_questions WHERE asked_at < %(since)s
