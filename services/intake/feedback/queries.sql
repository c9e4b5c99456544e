-- add_feedback --
-- A referrer is to be told something
INSERT INTO feedback (feedback_id, house, referral_id, owed_since, due_on, decision, reason, comes_back_on, rerouted_to, decided_on,
                      correction, back_on_agenda, not_weighed)
VALUES (%(feedback_id)s, %(house)s, %(referral_id)s, %(owed_since)s, %(due_on)s, %(decision)s, %(reason)s, %(comes_back_on)s,
        %(rerouted_to)s, %(decided_on)s, %(correction)s, %(back_on_agenda)s, %(not_weighed)s)

-- last_of_referral --
-- What was last to be told of a referral, locked
SELECT feedback_id, referral_id, case_id, subject_id, referrer, municipality, contact_moment_id, owed_since, due_on, decision, reason, comes_back_on, rerouted_to,
       decided_on, correction, back_on_agenda, not_weighed, lapsed, outcome, told_on, recorded_by, recorded_at
FROM feedback JOIN referrals USING (referral_id) JOIN subjects USING (subject_id)
LEFT JOIN (SELECT referral_id, contact_moment_id FROM contact_moments) AS contact USING (referral_id)
WHERE referral_id = %(referral_id)s AND NOT lapsed
ORDER BY feedback_id DESC LIMIT 1
FOR UPDATE OF feedback

-- lapse --
-- Something newer is to be told in its place
UPDATE feedback SET lapsed = true WHERE feedback_id = %(feedback_id)s

-- feedback --
-- What a referrer is to be told, or was
SELECT feedback_id, referral_id, case_id, subject_id, referrer, municipality, contact_moment_id, owed_since, due_on, decision, reason, comes_back_on, rerouted_to,
       decided_on, correction, back_on_agenda, not_weighed, lapsed, outcome, told_on, recorded_by, recorded_at
FROM feedback JOIN referrals USING (referral_id) JOIN subjects USING (subject_id)
LEFT JOIN (SELECT referral_id, contact_moment_id FROM contact_moments) AS contact USING (referral_id)
WHERE feedback.house = %(house)s AND feedback_id = %(feedback_id)s AND NOT sealed

-- feedback_to_change --
-- The same, locked: one person at a time records what became of it
SELECT feedback_id, referral_id, case_id, subject_id, referrer, municipality, contact_moment_id, owed_since, due_on, decision, reason, comes_back_on, rerouted_to,
       decided_on, correction, back_on_agenda, not_weighed, lapsed, outcome, told_on, recorded_by, recorded_at
FROM feedback JOIN referrals USING (referral_id) JOIN subjects USING (subject_id)
LEFT JOIN (SELECT referral_id, contact_moment_id FROM contact_moments) AS contact USING (referral_id)
WHERE feedback.house = %(house)s AND feedback_id = %(feedback_id)s AND NOT sealed
FOR UPDATE OF feedback

-- owed --
-- A page of what referrers are still to hear, longest due first
SELECT feedback_id, referral_id, case_id, subject_id, referrer, municipality, contact_moment_id, owed_since, due_on, decision, reason, comes_back_on, rerouted_to,
       decided_on, correction, back_on_agenda, not_weighed
FROM feedback JOIN referrals USING (referral_id) JOIN subjects USING (subject_id)
LEFT JOIN (SELECT referral_id, contact_moment_id FROM contact_moments) AS contact USING (referral_id)
WHERE feedback.house = %(house)s AND outcome IS NULL AND NOT lapsed AND NOT sealed
  AND (%(after)s::uuid IS NULL
       OR (due_on, feedback_id) > (SELECT due_on, feedback_id FROM feedback WHERE feedback_id = %(after)s))
ORDER BY due_on, feedback_id LIMIT %(limit)s

-- told --
-- What referrers were told, or could not be told, the latest first
SELECT feedback_id, referral_id, case_id, subject_id, referrer, municipality, contact_moment_id, owed_since, due_on, decision, reason, comes_back_on, rerouted_to,
       decided_on, correction, back_on_agenda, not_weighed, outcome, told_on, recorded_by, recorded_at
FROM feedback JOIN referrals USING (referral_id) JOIN subjects USING (subject_id)
LEFT JOIN (SELECT referral_id, contact_moment_id FROM contact_moments) AS contact USING (referral_id)
WHERE feedback.house = %(house)s AND outcome IS NOT NULL AND NOT sealed
ORDER BY recorded_at DESC LIMIT %(limit)s

-- record --
-- The referrer was told, or can't be told
UPDATE feedback
SET outcome = %(outcome)s, told_on = %(told_on)s, recorded_by = %(recorded_by)s, recorded_at = %(recorded_at)s
WHERE feedback_id = %(feedback_id)s

-- take_back --
-- An outcome was recorded by mistake: the referrer is still to be told, but not that nobody weighs what waits, is weighed or withdrawn
WITH wrong AS (
    INSERT INTO feedback_taken_back (feedback_id, outcome, told_on, recorded_by, recorded_at, taken_back_by, taken_back_at,
                                     because)
    SELECT feedback_id, outcome, told_on, recorded_by, recorded_at, %(taken_back_by)s, %(taken_back_at)s,
           %(because)s
    FROM feedback WHERE feedback_id = %(feedback_id)s
)
UPDATE feedback
SET outcome = NULL, told_on = NULL, recorded_by = NULL, recorded_at = NULL,
    lapsed = lapsed OR not_weighed AND NOT EXISTS (
        SELECT FROM held_back WHERE held_back.referral_id = feedback.referral_id AND worrying IS FALSE
          AND NOT EXISTS (SELECT FROM referrals_withdrawn WHERE referrals_withdrawn.referral_id = held_back.referral_id))
WHERE feedback_id = %(feedback_id)s

-- add_reason --
-- Why a referrer could not be told
INSERT INTO feedback_reasons (feedback_id, recorded_at, text_id) VALUES (%(feedback_id)s, %(recorded_at)s, %(text_id)s)

-- reasons --
-- The texts that go with the outcomes that count
SELECT feedback_id, text_id FROM feedback JOIN feedback_reasons USING (feedback_id, recorded_at)
WHERE feedback_id = ANY(%(feedback_ids)b)

-- overdue --
-- How many referrers should have heard, of each house
SELECT house, count(*) AS overdue FROM feedback WHERE outcome IS NULL AND NOT lapsed AND due_on < %(today)s GROUP BY house
