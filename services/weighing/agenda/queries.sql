-- agenda --
-- What is on the table of a sub-region at a briefing, at an extra briefing only what was chosen for it; and the referral before the
-- page, which may be decided on by now
SELECT referral_id, house, case_id, subject_id, kind, referrer, received_on, municipality, sub_region, age_class,
       family, youth_institution, tabling, table_on
FROM referrals
WHERE house = %(house)s AND sub_region = %(sub_region)s AND table_on <= %(on)s
  AND (table_on = %(on)s OR NOT EXISTS (
        SELECT FROM briefings
        WHERE house = %(house)s AND sub_region = %(sub_region)s AND on_day = %(on)s AND by_rule IS NULL AND state <> 'cancelled'))
UNION
SELECT referral_id, house, case_id, subject_id, kind, referrer, received_on, municipality, sub_region, age_class,
       family, youth_institution, tabling, table_on
FROM referrals
WHERE referral_id = %(after)s::uuid

-- numbers --
-- The agenda of a briefing as it was fixed
SELECT referral_id, number FROM briefings JOIN briefing_items USING (briefing_id)
WHERE house = %(house)s AND sub_region = %(sub_region)s AND on_day = %(on)s AND state IN ('prepared', 'held', 'settled')
  AND number IS NOT NULL

-- referrals_of_case --
-- The referrals on the person of a case of a house, the newest first; not those that were withdrawn, unless the team had
-- decided on them
SELECT referral_id, house, case_id, subject_id, kind, referrer, received_on, municipality, sub_region, age_class,
       family, youth_institution, tabling, table_on
FROM referrals
WHERE house = %(house)s AND case_id = ANY(ARRAY(SELECT id FROM same_person(ARRAY[%(case_id)s::uuid])))
  AND (withdrawn_on IS NULL OR EXISTS (SELECT FROM decisions WHERE decisions.referral_id = referrals.referral_id))
ORDER BY received_on DESC, referral_id
LIMIT %(limit)s

-- waiting --
-- How many referrals wait for a decision, per house and sub-region
SELECT house, sub_region, count(*) AS waiting FROM referrals WHERE table_on IS NOT NULL GROUP BY house, sub_region
