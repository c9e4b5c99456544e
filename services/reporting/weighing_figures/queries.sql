-- weighed_referrals --
-- The referrals first weighed in a period, each with the last decision taken in it
SELECT last.subject_id, last.referrer, last.first_weighed_on, last.decision, last.reason,
       referral.sex, referral.age_class, referral.received_on
FROM (
    SELECT DISTINCT ON (referral_id)
           house, referral_id, subject_id, referrer, decision, reason,
           min(tabling) OVER of_referral AS first_tabling, min(briefing_on) OVER of_referral AS first_weighed_on
    FROM tabling
    WHERE house = %(house)s AND briefing_on BETWEEN %(first_day)s AND %(last_day)s
    WINDOW of_referral AS (PARTITION BY referral_id)
    ORDER BY referral_id, tabling DESC
) AS last
LEFT JOIN referral USING (house, referral_id)
WHERE last.first_tabling = 1  -- most are: only those carried over are looked up
   OR last.first_tabling = (SELECT min(tabling) FROM tabling AS other
                            WHERE other.referral_id = last.referral_id AND other.briefing_on IS NOT NULL)

-- tablings --
-- How often a briefing in a period dealt with a referral, by municipality and decision
SELECT municipality, decision, count(*) AS count
FROM tabling
WHERE house = %(house)s AND briefing_on BETWEEN %(first_day)s AND %(last_day)s
GROUP BY municipality, decision
