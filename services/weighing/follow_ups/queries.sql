-- add_follow_ups --
-- What the team agreed on
INSERT INTO follow_ups (follow_up_id, house, referral_id, tabling, agreed_on, what, owner, other_partner, destination,
                        life_domains, question, asked_of, due_on, state, reported_on)
SELECT follow_up_id, house, referral_id, tabling, agreed_on, what, owner, other_partner, destination, life_domains, question, asked_of, due_on,
       state, reported_on
FROM json_populate_recordset(NULL::follow_ups, %(follow_ups)s)

-- standing --
-- The follow-ups of the decision at one tabling of a referral, but for those that lapsed; each as the decision names it
SELECT follow_up_id, house, referral_id, tabling, agreed_on, what, coalesce(agreed_with, owner) AS owner, other_partner, destination, life_domains, question, asked_of, due_on,
       state, reported_on
FROM follow_ups
WHERE referral_id = %(referral_id)s AND tabling = %(tabling)s AND state <> 'lapsed'
ORDER BY due_on, follow_up_id

-- lapse --
-- Follow-ups that nobody has to do any more
UPDATE follow_ups SET state = 'lapsed' WHERE follow_up_id = ANY(%(follow_up_ids)b::uuid[])

-- referral_of --
-- Of which referral a follow-up of a house is
SELECT referral_id FROM follow_ups WHERE house = %(house)s AND follow_up_id = %(follow_up_id)s

-- follow_up --
-- One follow-up
SELECT follow_up_id, house, referral_id, tabling, agreed_on, what, owner, other_partner, destination, life_domains, question, asked_of, due_on,
       state, reported_on
FROM follow_ups
WHERE follow_up_id = %(follow_up_id)s

-- report --
-- What became of a follow-up, and who says so
WITH reported AS (
    UPDATE follow_ups SET state = %(state)s, reported_on = %(reported_on)s, remark_text = %(remark_text)s
    WHERE follow_up_id = %(follow_up_id)s)
INSERT INTO follow_up_reports (follow_up_id, recorded_by, state, reported_on, remark_text)
VALUES (%(follow_up_id)s, %(recorded_by)s, %(state)s, %(reported_on)s, %(remark_text)s)

-- hand_over --
-- Who of the owner does it from now on
UPDATE follow_ups SET person = %(person)s WHERE follow_up_id = %(follow_up_id)s

-- move --
-- Another partner does it, and of that nobody in particular yet
UPDATE follow_ups SET owner = %(owner)s, agreed_with = nullif(coalesce(agreed_with, owner), %(owner)s), person = NULL
WHERE follow_up_id = %(follow_up_id)s

-- referrals_overdue --
-- The first referrals of a house with a follow-up whose last day is over and of which nothing was reported
SELECT DISTINCT referral_id
FROM (SELECT referral_id FROM follow_ups
      WHERE house = %(house)s AND state = 'agreed' AND due_on < %(today)s ORDER BY due_on LIMIT %(limit)s) AS overdue

-- become_overdue --
-- The follow-ups of some referrals whose last day is over, as far as nothing was reported
UPDATE follow_ups SET state = 'overdue'
WHERE referral_id = ANY(%(referral_ids)b::uuid[]) AND state = 'agreed' AND due_on < %(today)s
RETURNING follow_up_id, house, referral_id, tabling, agreed_on, what, owner, other_partner, destination, life_domains, question, asked_of, due_on,
          state, reported_on

-- last_decisions --
-- Of each of some referrals the decision that no other one followed, and whether one of its follow-ups was not done in time
SELECT DISTINCT ON (referral_id) referral_id, tabling, back_on, EXISTS (
    SELECT FROM follow_ups
    WHERE follow_ups.referral_id = decisions.referral_id AND follow_ups.tabling = decisions.tabling
      AND state IN ('not_done', 'overdue')) AS undone
FROM decisions
WHERE referral_id = ANY(%(referral_ids)b::uuid[])
ORDER BY referral_id, tabling DESC

-- open_follow_ups --
-- A page of the follow-ups of a house, or of one owner, of which nothing was reported: those that are due first
SELECT follow_up_id, referral_id, case_id, subject_id, follow_ups.tabling, agreed_on, what, owner, agreed_with, person, name AS person_name,
       other_partner, destination, life_domains, question, asked_of, due_on, state, reported_on, remark_text, detained_on,
       (SELECT min(put.asked_on) FROM information_requests AS put
        WHERE put.referral_id = follow_ups.referral_id AND partner = asked_of AND put.asked_on >= agreed_on
          AND (question IS NULL OR asked @> jsonb_build_array(jsonb_build_object('question', question)))) AS question_asked_on
FROM follow_ups JOIN referrals USING (referral_id, house) LEFT JOIN people_of_owners USING (house, owner, person) CROSS JOIN LATERAL (
    SELECT min(received_on) AS detained_on FROM referrals AS notices
    WHERE notices.subject_id = ANY(ARRAY(SELECT id FROM same_person(ARRAY[referrals.subject_id])))
      AND kind = 'detention_notice' AND received_on > agreed_on
      AND NOT EXISTS (SELECT FROM detentions_withdrawn WHERE referral_id = notices.referral_id AND withdrawn)) AS since
WHERE house = %(house)s AND state IN ('agreed', 'overdue') AND (%(owner)s::text IS NULL OR owner = %(owner)s)
  AND (%(after)s::uuid IS NULL OR (due_on, follow_up_id) > (
        SELECT due_on, follow_up_id FROM follow_ups WHERE follow_up_id = %(after)s))
ORDER BY due_on, follow_up_id
LIMIT %(limit)s

-- reported_follow_ups --
-- A page of the follow-ups of a house, or of one owner, that were reported: the last ones first
SELECT follow_up_id, referral_id, case_id, subject_id, follow_ups.tabling, agreed_on, what, owner, agreed_with, person, name AS person_name,
       other_partner, destination, life_domains, question, asked_of, due_on, state, reported_on, remark_text, NULL AS detained_on,
       NULL AS question_asked_on
FROM follow_ups JOIN referrals USING (referral_id, house) LEFT JOIN people_of_owners USING (house, owner, person)
WHERE house = %(house)s AND reported_on IS NOT NULL AND (%(owner)s::text IS NULL OR owner = %(owner)s)
  AND (%(after)s::uuid IS NULL OR (reported_on, follow_up_id) < (
        SELECT reported_on, follow_up_id FROM follow_ups WHERE follow_up_id = %(after)s))
ORDER BY reported_on DESC, follow_up_id DESC
LIMIT %(limit)s

-- follow_ups_about --
-- All follow-ups about some of a house's subjects, on whichever of their referrals, in the order of the briefings
SELECT follow_up_id, referral_id, case_id, subject_id, follow_ups.tabling, agreed_on, what, owner, agreed_with, person, name AS person_name,
       other_partner, destination, life_domains, question, asked_of, due_on, state, reported_on, remark_text, detained_on,
       (SELECT min(put.asked_on) FROM information_requests AS put
        WHERE put.referral_id = follow_ups.referral_id AND partner = asked_of AND put.asked_on >= agreed_on
          AND (question IS NULL OR asked @> jsonb_build_array(jsonb_build_object('question', question)))) AS question_asked_on
FROM follow_ups JOIN referrals USING (referral_id, house) LEFT JOIN people_of_owners USING (house, owner, person) CROSS JOIN LATERAL (
    SELECT min(received_on) AS detained_on FROM referrals AS notices
    WHERE notices.subject_id = ANY(ARRAY(SELECT id FROM same_person(ARRAY[referrals.subject_id])))
      AND kind = 'detention_notice' AND received_on > agreed_on
      AND NOT EXISTS (SELECT FROM detentions_withdrawn WHERE referral_id = notices.referral_id AND withdrawn)) AS since
WHERE house = %(house)s AND subject_id = ANY(%(subject_ids)b)
ORDER BY agreed_on, due_on, follow_up_id

-- open_of_person --
-- The follow-ups about the person of a case of which nothing was reported, what is due first on top
SELECT follow_up_id, what, owner, other_partner, agreed_on, due_on
FROM referrals JOIN follow_ups USING (referral_id)
WHERE referrals.house = %(house)s AND case_id = ANY(ARRAY(SELECT id FROM same_person(ARRAY[%(case_id)s::uuid])))
  AND state IN ('agreed', 'overdue')
ORDER BY due_on, follow_up_id
LIMIT %(limit)s

-- keep_withdrawn_detention --
-- Whether the detention that a referral told of is withdrawn, unless a later event told it otherwise
INSERT INTO detentions_withdrawn (referral_id, withdrawn, told_by) VALUES (%(referral_id)s, %(withdrawn)s, %(told_by)s)
ON CONFLICT (referral_id) DO UPDATE SET withdrawn = EXCLUDED.withdrawn, told_by = EXCLUDED.told_by
WHERE detentions_withdrawn.told_by < EXCLUDED.told_by
