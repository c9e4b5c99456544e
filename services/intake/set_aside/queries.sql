-- add_set_aside --
-- A referral waits until a person has decided whom it is about
INSERT INTO set_aside (referral_id, house, kind, referrer, message_id, stated_at, received_on, case_id, told, conflicts_with,
                       body, ids_as_sent, set_aside_at)
VALUES (%(referral_id)s, %(house)s, %(kind)s, %(referrer)s, %(message_id)s, %(stated_at)s, %(received_on)s, %(case_id)s,
        %(told)s, %(conflicts_with)s, %(body)s, %(ids_as_sent)s, %(set_aside_at)s)

-- set_aside_before --
-- The referral that the same statement on the same person became, which was set aside or is decided by now; none that was withdrawn
SELECT referral_id, house, kind, referrer, message_id, stated_at, received_on, case_id, told, conflicts_with, body,
       ids_as_sent, set_aside_at, decision, subject_id
FROM set_aside WHERE house = %(house)s AND told = ANY(%(told)s) AND decision IS DISTINCT FROM 'withdrawn'

-- waiting --
-- What waits in a house, the oldest first
SELECT referral_id, kind, referrer, received_on, set_aside_at
FROM set_aside WHERE house = %(house)s AND decision IS NULL
ORDER BY set_aside_at, referral_id LIMIT 200

-- set_aside --
-- One referral that was set aside, sealed, with what was decided on it
SELECT referral_id, house, kind, referrer, message_id, stated_at, received_on, case_id, told, conflicts_with, body,
       ids_as_sent, set_aside_at, decision, subject_id
FROM set_aside WHERE house = %(house)s AND referral_id = %(referral_id)s

-- set_aside_to_decide --
-- One referral that was set aside, locked: whoever decides on it decides alone
SELECT referral_id, house, kind, referrer, message_id, stated_at, received_on, case_id, told, conflicts_with, body,
       ids_as_sent, set_aside_at, decision, subject_id
FROM set_aside WHERE house = %(house)s AND referral_id = %(referral_id)s
FOR UPDATE

-- withdraw --
-- Its sender takes back a referral that was set aside: nobody decides on it, and told again it is a new one
UPDATE set_aside
SET decision = 'withdrawn', decided_by = %(by)s, decided_at = %(at)s, because = %(because)s, body = '', ids_as_sent = NULL
WHERE referral_id = %(referral_id)s

-- decide --
-- It is decided whom the referral is about; the message itself now stands with the referral
UPDATE set_aside
SET decision = %(decision)s, subject_id = %(subject_id)s, decided_by = %(decided_by)s, decided_at = %(decided_at)s,
    because = %(because)s, body = '', ids_as_sent = NULL
WHERE referral_id = %(referral_id)s
