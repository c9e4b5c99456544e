-- add_withdrawal --
-- A referral was withdrawn; nothing if it was before. Nobody has to hear any more that it is not weighed
WITH lapsed AS (
    UPDATE feedback SET lapsed = true WHERE referral_id = %(referral_id)s AND not_weighed AND outcome IS NULL
)
INSERT INTO referrals_withdrawn (referral_id, house, withdrawn_by, withdrawn_on, because_text)
VALUES (%(referral_id)s, %(house)s, %(withdrawn_by)s, %(withdrawn_on)s, %(because_text)s)
ON CONFLICT DO NOTHING
RETURNING referral_id
