-- add_contact_moment --
-- Something reached the house
INSERT INTO contact_moments (contact_moment_id, house, data_key, version, state, sorted_as, destination, referral_id,
                             duplicate_of, told_on, answer_due_on, told, recorded_by, recorded_at)
VALUES (%(contact_moment_id)s, %(house)s, %(data_key)s, %(version)s, %(state)s, %(sorted_as)s, %(destination)s,
        %(referral_id)s, %(duplicate_of)s, %(told_on)s, %(answer_due_on)s, %(told)s, %(recorded_by)s, %(recorded_at)s)

-- keep_earlier --
-- How a contact moment was, until somebody changed it
INSERT INTO contact_moments_before (contact_moment_id, version, state, sorted_as, told, changed_by, changed_at, because)
SELECT contact_moment_id, version, state, sorted_as, told, %(by)s, %(at)s, %(because)s
FROM contact_moments WHERE contact_moment_id = %(contact_moment_id)s

-- change_contact_moment --
-- A contact moment was corrected, sorted or withdrawn
UPDATE contact_moments
SET version = %(version)s, state = %(state)s, sorted_as = %(sorted_as)s, destination = %(destination)s,
    referral_id = %(referral_id)s, duplicate_of = %(duplicate_of)s, told_on = %(told_on)s,
    answer_due_on = %(answer_due_on)s, told = %(told)s
WHERE contact_moment_id = %(contact_moment_id)s

-- forget_earlier --
-- Nobody can read any longer how a contact moment was before it became a consultation, and what was answered then
WITH of_answers AS (
    DELETE FROM caller_answers WHERE contact_moment_id = %(contact_moment_id)s AND sorted_as <> 'consultation'
)
DELETE FROM contact_moments_before WHERE contact_moment_id = %(contact_moment_id)s

-- delete_contact_moment --
-- A contact moment became a sealed referral
WITH before AS (DELETE FROM contact_moments_before WHERE contact_moment_id = %(contact_moment_id)s)
DELETE FROM contact_moments WHERE contact_moment_id = %(contact_moment_id)s

-- contact_moment --
-- One contact moment, sealed
SELECT contact_moment_id, house, data_key, version, state, sorted_as, destination, referral_id, duplicate_of, told_on,
       answer_due_on, told, recorded_by, recorded_at
FROM contact_moments WHERE house = %(house)s AND contact_moment_id = %(contact_moment_id)s AND data_key <> ''

-- contact_moment_to_change --
-- One contact moment, sealed and locked
SELECT contact_moment_id, house, data_key, version, state, sorted_as, destination, referral_id, duplicate_of, told_on,
       answer_due_on, told, recorded_by, recorded_at
FROM contact_moments WHERE house = %(house)s AND contact_moment_id = %(contact_moment_id)s AND data_key <> ''
FOR UPDATE

-- waiting --
-- What nobody has sorted yet, the oldest first
SELECT contact_moment_id, house, data_key, version, state, sorted_as, destination, referral_id, duplicate_of, told_on,
       answer_due_on, told, recorded_by, recorded_at
FROM contact_moments WHERE house = %(house)s AND state = 'received' AND data_key <> ''
ORDER BY told_on, contact_moment_id LIMIT %(limit)s

-- to_answer --
-- What was sorted and whose caller is owed an answer, longest due first
SELECT contact_moment_id, house, data_key, version, state, sorted_as, destination, referral_id, duplicate_of, told_on,
       answer_due_on, told, recorded_by, recorded_at
FROM contact_moments WHERE house = %(house)s AND answer_due_on IS NOT NULL AND state = 'sorted' AND data_key <> ''
ORDER BY answer_due_on, contact_moment_id LIMIT %(limit)s

-- add_answer --
-- A caller was answered
INSERT INTO caller_answers (contact_moment_id, version, recorded_by, recorded_at, sorted_as, told_on, answer, because)
VALUES (%(contact_moment_id)s, %(version)s, %(recorded_by)s, %(recorded_at)s, %(sorted_as)s, %(told_on)s, %(answer)s, %(because)s)

-- answers --
-- What a caller was told, sealed, the last first
SELECT recorded_at, recorded_by, told_on, answer, because
FROM caller_answers WHERE contact_moment_id = %(contact_moment_id)s
ORDER BY version DESC

-- settled --
-- What was answered, withdrawn, or sorted and needs no answer; what was told last first
SELECT contact_moment_id, house, data_key, version, state, sorted_as, destination, referral_id, duplicate_of, told_on,
       answer_due_on, told, recorded_by, recorded_at
FROM contact_moments
WHERE house = %(house)s AND state <> 'received' AND NOT (state = 'sorted' AND answer_due_on IS NOT NULL) AND data_key <> ''
ORDER BY told_on DESC, contact_moment_id DESC LIMIT %(limit)s

-- told_on_day --
-- What counts of that which was told on a day, sealed
SELECT contact_moment_id, house, data_key, version, state, sorted_as, destination, referral_id, duplicate_of, told_on,
       answer_due_on, told, recorded_by, recorded_at
FROM contact_moments
WHERE house = %(house)s AND told_on = %(day)s AND state IN ('received', 'sorted', 'answered') AND data_key <> ''
ORDER BY contact_moment_id LIMIT %(limit)s

-- earlier --
-- How a contact moment was before, sealed, in order
SELECT state, sorted_as, told, changed_by, changed_at, because
FROM contact_moments_before WHERE contact_moment_id = %(contact_moment_id)s
ORDER BY version
