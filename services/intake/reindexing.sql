-- traits --
-- Traits that stand under another key, a step of them
SELECT house, subject_id AS id, blind_index AS index FROM traits
WHERE substring(blind_index FOR 8) <> %(mark)s AND (house, blind_index, subject_id) > (%(house)s, %(index)s, %(id)s)
ORDER BY house, blind_index, subject_id LIMIT %(step)s FOR UPDATE SKIP LOCKED

-- renew_traits --
-- Put a trait under the key in use
UPDATE traits SET blind_index = %(new)s WHERE (house, blind_index, subject_id) = (%(house)s, %(index)s, %(id)s)

-- likenesses --
-- Likenesses that stand under another key, a step of them
SELECT house, subject_id AS id, blind_index AS index FROM likenesses
WHERE substring(blind_index FOR 8) <> %(mark)s AND (house, blind_index, subject_id) > (%(house)s, %(index)s, %(id)s)
ORDER BY house, blind_index, subject_id LIMIT %(step)s FOR UPDATE SKIP LOCKED

-- renew_likenesses --
-- Put a likeness under the key in use, where a later claim may have put it already
WITH renewed AS (
    INSERT INTO likenesses (house, blind_index, subject_id) VALUES (%(house)s, %(new)s, %(id)s) ON CONFLICT DO NOTHING
)
DELETE FROM likenesses WHERE (house, blind_index, subject_id) = (%(house)s, %(index)s, %(id)s)

-- told --
-- Referrals that are recognised by another key when they are told again, a step of them
SELECT referrals.house, referral_id AS id, referrals.kind, referrer, told AS index, particulars, subject_id, data_key
FROM referrals JOIN subjects USING (subject_id)
WHERE substring(told FOR 8) <> %(mark)s AND referral_id > %(id)s
ORDER BY referral_id LIMIT %(step)s FOR NO KEY UPDATE OF referrals SKIP LOCKED

-- renew_told --
-- Have a referral recognised by the key in use
UPDATE referrals SET told = %(new)s WHERE referral_id = %(id)s

-- set_aside --
-- Referrals that wait for a person and are recognised by another key, a step of them
SELECT house, referral_id AS id, kind, referrer, told AS index, body FROM set_aside
WHERE decision IS NULL AND substring(told FOR 8) <> %(mark)s AND referral_id > %(id)s
ORDER BY referral_id LIMIT %(step)s FOR NO KEY UPDATE SKIP LOCKED

-- renew_set_aside --
-- Have a referral that waits recognised by the key in use
UPDATE set_aside SET told = %(new)s WHERE referral_id = %(id)s

-- left --
-- How many blind indexes stand under another key
SELECT (SELECT count(*) FROM traits WHERE substring(blind_index FOR 8) <> %(mark)s)
     + (SELECT count(*) FROM likenesses WHERE substring(blind_index FOR 8) <> %(mark)s)
     + (SELECT count(*) FROM referrals WHERE substring(told FOR 8) <> %(mark)s)
     + (SELECT count(*) FROM set_aside WHERE decision IS NULL AND substring(told FOR 8) <> %(mark)s) AS left
