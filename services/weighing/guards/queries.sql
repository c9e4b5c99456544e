-- add_override --
-- The team goes on although a guard speaks against it
INSERT INTO guard_overrides (referral_id, guard, because_text, overridden_by, overridden_at)
VALUES (%(referral_id)s, %(guard)s, %(because_text)s, %(overridden_by)s, %(overridden_at)s)

-- withdraw_override --
-- The guard holds again
UPDATE guard_overrides SET withdrawn_by = %(by)s, withdrawn_at = now()
WHERE referral_id = %(referral_id)s AND guard = %(guard)s AND withdrawn_at IS NULL

-- overrides --
-- What the team overrides on some referrals
SELECT referral_id, guard, because_text, overridden_by, overridden_at
FROM guard_overrides WHERE referral_id = ANY(%(referral_ids)b) AND withdrawn_at IS NULL
