-- add_referral --
-- What was brought to the house
INSERT INTO referrals (referral_id, subject_id, house, kind, referrer, message_id, received_on, municipality,
                       sub_region, sex, age_class, sealed, weighed, stated_at, told, detention_id, particulars)
SELECT * FROM unnest(%(referral_id)b::uuid[], %(subject_id)b::uuid[], %(house)b::text[], %(kind)b::text[], %(referrer)b::text[],
                     %(message_id)b::uuid[], %(received_on)b::date[], %(municipality)b::text[], %(sub_region)b::text[],
                     %(sex)b::text[], %(age_class)b::text[], %(sealed)b::boolean[], %(weighed)b::boolean[],
                     %(stated_at)b::timestamptz[], %(told)b::bytea[], %(detention_id)b::uuid[], %(particulars)b::bytea[])

-- referrals --
-- Some referrals, each with its case as others know it, the message that told it last (none if it came by phone or mail) and what
-- opens its particulars; none of a subject that is forgotten
SELECT referral_id, subject_id, referrals.house, referrals.kind, referrals.referrer, received_on, municipality, sub_region, sex,
       age_class, sealed, weighed, referrals.stated_at, told, detention_id, coalesce(open_case_id, case_id) AS case_id, data_key,
       CASE WHEN referrals.message_id IS NOT NULL THEN coalesce(last.message_id, referrals.message_id) END AS message_id,
       coalesce(last.particulars, referrals.particulars) AS particulars, withdrawn_on IS NOT NULL AS is_withdrawn
FROM referrals JOIN subjects USING (subject_id) LEFT JOIN sealings USING (referral_id)
LEFT JOIN referrals_withdrawn USING (referral_id)
LEFT JOIN LATERAL (SELECT message_id, particulars FROM told_again
                   WHERE told_again.referral_id = referrals.referral_id AND told_again.stated_at > referrals.stated_at
                   ORDER BY stated_at DESC LIMIT 1) AS last ON true
WHERE referral_id = ANY(%(referral_ids)b) AND data_key <> ''

-- referrals_of_case --
-- The open referrals on the person of a case of a house, the newest first; none of a subject that is forgotten
SELECT referral_id, subject_id, case_id, referrals.kind, referrer, received_on, municipality, sub_region, sex, age_class,
       weighed, recorded_by, recorded_at, withdrawn_on
FROM subjects JOIN referrals USING (subject_id) LEFT JOIN recorded_by_hand USING (referral_id)
     LEFT JOIN referrals_withdrawn USING (referral_id)
WHERE subjects.house = %(house)s AND case_id = ANY(ARRAY(SELECT id FROM same_person(ARRAY[%(case_id)s::uuid])))
  AND data_key <> '' AND NOT sealed
ORDER BY received_on DESC, referral_id
LIMIT %(limit)s

-- received_since --
-- Open referrals that the house received on the person of each of these cases after a day, and that nobody withdrew. OFFSET 0: by
-- index, however many records PostgreSQL believes a person to have
SELECT asked.case_id, day, received.referral_id
FROM unnest(%(case_ids)b::uuid[], %(days)b::date[]) AS asked (case_id, day)
CROSS JOIN LATERAL (SELECT subject_id FROM subjects
                    WHERE case_id = ANY(ARRAY(SELECT id FROM same_person(ARRAY[asked.case_id])))) AS person
CROSS JOIN LATERAL (SELECT referral_id FROM referrals
                    WHERE referrals.subject_id = person.subject_id AND received_on > day AND NOT sealed OFFSET 0) AS received
WHERE NOT EXISTS (SELECT FROM referrals_withdrawn WHERE referrals_withdrawn.referral_id = received.referral_id)

-- referral_of_message --
-- The referral that a partner's message became, or told again; of one set aside the case that its receipt had
SELECT referral_id, case_id
FROM set_aside WHERE house = %(house)s AND referrer = %(referrer)s AND message_id = %(message_id)s
UNION ALL
SELECT referral_id, coalesce(open_case_id, case_id)
FROM referrals JOIN subjects USING (subject_id) LEFT JOIN sealings USING (referral_id)
WHERE referrals.house = %(house)s AND referrer = %(referrer)s AND message_id = %(message_id)s
UNION ALL
SELECT referral_id, coalesce(open_case_id, case_id)
FROM told_again JOIN referrals USING (referral_id) JOIN subjects USING (subject_id) LEFT JOIN sealings USING (referral_id)
WHERE told_again.house = %(house)s AND told_again.referrer = %(referrer)s AND told_again.message_id = %(message_id)s

-- told_before --
-- Referrals by what stays the same when they are told again, each with what was told last; the newest last. What was withdrawn and
-- is told again is a new referral. settled: the briefing is done with it
SELECT referrals.house, told, subject_id, referrals.referral_id, detention_id, referrals.particulars,
       last.stated_at AS last_stated_at, last.particulars AS last_particulars, referrals.stated_at, theme, open_case_id,
       EXISTS (SELECT FROM openings WHERE opened_by = referrals.referral_id AND purpose = 'briefing' AND last_day IS NOT NULL)
           AND worrying IS DISTINCT FROM false AS settled
FROM unnest(%(house)b::text[], %(told)b::bytea[]) AS asked (house, told)
JOIN referrals USING (house, told) LEFT JOIN sealings ON sealings.referral_id = referrals.referral_id
LEFT JOIN held_back ON held_back.referral_id = referrals.referral_id
LEFT JOIN LATERAL (SELECT stated_at, particulars FROM told_again
                   WHERE told_again.referral_id = referrals.referral_id AND told_again.stated_at > referrals.stated_at
                   ORDER BY stated_at DESC LIMIT 1) AS last ON true
WHERE NOT EXISTS (SELECT FROM referrals_withdrawn WHERE referrals_withdrawn.referral_id = referrals.referral_id)
ORDER BY referrals.stated_at

-- is_settled --
-- Whether the briefing is done with a referral
SELECT EXISTS (SELECT FROM openings WHERE opened_by = referral_id AND purpose = 'briefing' AND last_day IS NOT NULL)
           AND worrying IS DISTINCT FROM false AS settled
FROM referrals LEFT JOIN held_back USING (referral_id) WHERE referral_id = %(referral_id)s

-- add_told_again --
-- A message told a referral again, or what was told by phone was corrected: that has an id of its own
INSERT INTO told_again (house, referrer, message_id, referral_id, stated_at, particulars)
VALUES (%(house)s, %(referrer)s, %(message_id)s, %(referral_id)s, %(stated_at)s, %(particulars)s)

-- add_recorded_by_hand --
-- Somebody recorded what came by phone or mail
INSERT INTO recorded_by_hand (referral_id, house, recorded_by) VALUES (%(referral_id)s, %(house)s, %(by)s)

-- recorded_by_hand --
-- Who recorded a referral that came by phone or mail, and when
SELECT recorded_by, recorded_at FROM recorded_by_hand WHERE house = %(house)s AND referral_id = %(referral_id)s

-- withdrawn_on --
-- The day on which the sender of a referral withdrew it
SELECT withdrawn_on FROM referrals_withdrawn WHERE house = %(house)s AND referral_id = %(referral_id)s

-- add_held_back --
-- Referrals that are weighed only once somebody says that they are worrying
INSERT INTO held_back (referral_id, house, since)
SELECT * FROM unnest(%(referral_id)b::uuid[], %(house)b::text[], %(since)b::timestamptz[])

-- say_worrying --
-- An open referral that was held back is worrying; nothing if it was said before
WITH said AS (
    UPDATE held_back SET worrying = true, decided_by = %(by)s, decided_at = now(), because_text = %(because_text)s
    FROM referrals
    WHERE held_back.referral_id = %(referral_id)s AND worrying IS DISTINCT FROM true
      AND referrals.referral_id = held_back.referral_id AND NOT sealed
    RETURNING held_back.referral_id
)
UPDATE referrals SET weighed = true FROM said WHERE referrals.referral_id = said.referral_id RETURNING referrals.referral_id

-- ask_again --
-- A person reads what is told otherwise now of an open referral that is held back; what was said of it stays until then. What waits
-- is changed too: so this waits for whoever says no at the same time, and who has read the older text may not
UPDATE held_back
SET worrying = NULL, version = version + 1, since = CASE WHEN worrying IS NULL THEN since ELSE %(since)s END
FROM referrals
WHERE held_back.referral_id = %(referral_id)s AND worrying IS NOT TRUE
  AND referrals.referral_id = held_back.referral_id AND NOT sealed
RETURNING held_back.referral_id

-- lapse_not_weighed --
-- Nobody has to hear any more that a referral is not weighed
UPDATE feedback SET lapsed = true WHERE referral_id = %(referral_id)s AND not_weighed AND outcome IS NULL
