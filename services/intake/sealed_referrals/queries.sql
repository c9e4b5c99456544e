-- sealed_referrals --
-- The sealed referrals of a house, those that are sealed now first, the newest first; none of a subject that is forgotten
SELECT referral_id, subject_id, case_id, data_key, referrals.kind, referrer, received_on, referrals.stated_at, municipality, particulars, theme,
       sealed_by, sealed_at, unsealed_by, unsealed_at, became,
       EXISTS (SELECT FROM audit_log WHERE audit_log.case_id = subjects.case_id AND object_kind = %(object_kind)s
               AND object_id = referral_id::text AND status < 400
               AND at > coalesce((SELECT max(told_at) FROM told_again WHERE told_again.referral_id = referrals.referral_id), '-infinity'))
           AS seen
FROM referrals JOIN subjects USING (subject_id) LEFT JOIN sealings USING (referral_id)
WHERE referrals.house = %(house)s AND sealed AND data_key <> ''
ORDER BY unsealed_at IS NOT NULL, received_on DESC, referral_id DESC

-- sealed_referral --
-- One sealed referral of a house, locked
SELECT referral_id, subject_id, case_id, data_key, referrals.kind, referrer, received_on, referrals.stated_at, municipality, particulars, theme,
       sealed_by, sealed_at, unsealed_by, unsealed_at, became,
       EXISTS (SELECT FROM audit_log WHERE audit_log.case_id = subjects.case_id AND object_kind = %(object_kind)s
               AND object_id = referral_id::text AND status < 400
               AND at > coalesce((SELECT max(told_at) FROM told_again WHERE told_again.referral_id = referrals.referral_id), '-infinity'))
           AS seen
FROM referrals JOIN subjects USING (subject_id) LEFT JOIN sealings USING (referral_id)
WHERE referrals.house = %(house)s AND referral_id = %(referral_id)s AND sealed AND data_key <> ''
FOR UPDATE OF referrals

-- looks --
-- What the theme's role did with a sealed referral, the newest first
SELECT at, actor_name, operation FROM audit_log
WHERE case_id = %(case_id)s AND object_kind = %(object_kind)s AND object_id = %(referral_id)s
ORDER BY at DESC, id DESC LIMIT %(limit)s

-- waiting --
-- The messages about sealed matters that wait until they are taken again, the oldest first. The sender of one is not certain
SELECT id, queue, sender, message_id, body, user_id, kind, parked_at FROM parked_sealed
WHERE NOT answered AND (house = %(house)s OR house = '' AND starts_with(queue, 'intake.from.' || %(house)s || '.'))
ORDER BY id FOR UPDATE

-- take_again --
-- Messages are taken again, and wait here no more
DELETE FROM parked_sealed WHERE id = ANY(%(ids)s)

-- decided --
-- Whether the team has decided on an open referral
SELECT EXISTS (SELECT FROM openings WHERE opened_by = %(referral_id)s AND purpose = 'briefing' AND last_day IS NOT NULL)
       AND NOT EXISTS (SELECT FROM referrals_withdrawn WHERE referral_id = %(referral_id)s)
       AND EXISTS (SELECT FROM referrals WHERE referral_id = %(referral_id)s AND weighed) AS decided

-- told --
-- Each message that told a referral, with what it told
SELECT NULL::uuid AS message_id, stated_at, particulars FROM referrals WHERE referral_id = %(referral_id)s
UNION ALL
SELECT message_id, stated_at, particulars FROM told_again WHERE referral_id = %(referral_id)s

-- others --
-- Whether a subject has another referral
SELECT EXISTS (SELECT FROM referrals WHERE subject_id = %(subject_id)s AND referral_id <> %(referral_id)s) AS others

-- texts_of --
-- The ids of the answers that were given to the questions on a referral
SELECT unnest(text_ids) AS text_id FROM information_requests WHERE referral_id = %(referral_id)s

-- seal_referral --
-- A referral is of a sealed subject from now on
UPDATE referrals SET subject_id = %(subject_id)s, sealed = true, weighed = false, particulars = %(particulars)s
WHERE referral_id = %(referral_id)s

-- seal_told_again --
-- So is what a message told again
UPDATE told_again SET particulars = %(particulars)s WHERE referral_id = %(referral_id)s AND message_id = %(message_id)s

-- take_claims --
-- What was said of a subject in a referral is known of it no more: one claim of each moment
DELETE FROM claims WHERE position IN (
    SELECT DISTINCT ON (stated_at) position FROM claims
    WHERE subject_id = %(subject_id)s AND partner = %(partner)s AND stated_at = ANY(%(moments)s) ORDER BY stated_at, position)

-- take_indexes --
-- Nobody finds the subject by it any more
WITH of_traits AS (DELETE FROM traits WHERE subject_id = %(subject_id)s AND blind_index = ANY(%(indexes)s))
DELETE FROM likenesses WHERE subject_id = %(subject_id)s AND blind_index = ANY(%(indexes)s)

-- take_relation --
-- That somebody is a member is not known any more
DELETE FROM relations WHERE relation_id = %(relation_id)s

-- retire --
-- Nothing is known of a subject that only this referral told of
WITH of_claims AS (DELETE FROM claims WHERE subject_id = %(subject_id)s),
     of_traits AS (DELETE FROM traits WHERE subject_id = %(subject_id)s),
     of_likenesses AS (DELETE FROM likenesses WHERE subject_id = %(subject_id)s),
     of_to_match AS (DELETE FROM to_match WHERE subject_id = %(subject_id)s),
     of_relations AS (DELETE FROM relations WHERE %(subject_id)s IN (subject_id, other_id))
UPDATE subjects SET data_key = '', details = NULL WHERE subject_id = %(subject_id)s

-- cover --
-- What others saw beside a referral that is sealed: the call that brought it, feedback that is owed, for what it could be seen
WITH lapsed AS (UPDATE feedback SET lapsed = true WHERE referral_id = %(referral_id)s AND outcome IS NULL),
     waiting AS (DELETE FROM held_back WHERE referral_id = %(referral_id)s),
     closed AS (UPDATE openings SET last_day = %(yesterday)s WHERE opened_by = %(referral_id)s),
     calls AS (SELECT contact_moment_id FROM contact_moments
               WHERE referral_id = %(referral_id)s
                  OR duplicate_of IN (SELECT contact_moment_id FROM contact_moments WHERE referral_id = %(referral_id)s)),
     before AS (DELETE FROM contact_moments_before USING calls WHERE contact_moments_before.contact_moment_id = calls.contact_moment_id)
DELETE FROM contact_moments USING calls WHERE contact_moments.contact_moment_id = calls.contact_moment_id

-- add_sealing --
-- A referral was sealed
INSERT INTO sealings (referral_id, house, theme, open_case_id, sealed_by, sealed_at, because_text)
VALUES (%(referral_id)s, %(house)s, %(theme)s, %(open_case_id)s, %(by)s, %(at)s, %(because_text)s)

-- add_unsealing --
-- A referral was unsealed
INSERT INTO sealings (referral_id, house, unsealed_by, unsealed_at, unsealed_because, became)
VALUES (%(referral_id)s, %(house)s, %(by)s, %(at)s, %(because_text)s, %(became)s)
ON CONFLICT (referral_id) DO UPDATE
SET unsealed_by = excluded.unsealed_by, unsealed_at = excluded.unsealed_at, unsealed_because = excluded.unsealed_because,
    became = excluded.became

-- give_up_message --
-- The message that brought a referral is that of the referral which it becomes
UPDATE referrals SET message_id = NULL, told = NULL WHERE referral_id = %(referral_id)s

-- add_opened --
-- The open referral that a sealed one becomes
INSERT INTO referrals (referral_id, subject_id, house, kind, referrer, message_id, received_on, municipality, sub_region, sex,
                       age_class, sealed, weighed, stated_at, told, particulars)
VALUES (%(referral_id)s, %(subject_id)s, %(house)s, %(kind)s, %(referrer)s, %(message_id)s, %(received_on)s, %(municipality)s,
        %(sub_region)s, %(sex)s, %(age_class)s, false, %(weighed)s, %(stated_at)s, %(told)s, %(particulars)s)

-- keep_recorder --
-- Who wrote down the call stays known
INSERT INTO recorded_by_hand (referral_id, house, recorded_by, recorded_at)
SELECT %(became)s, house, recorded_by, recorded_at FROM recorded_by_hand WHERE referral_id = %(referral_id)s
