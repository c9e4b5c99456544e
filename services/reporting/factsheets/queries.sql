-- tabled --
-- Each tabling of a period, with its decision if it is the last on a referral first weighed in the period
SELECT municipality, subject_id,
       CASE WHEN tabling = last_tabling AND (
           first_tabling = 1
           OR first_tabling = (SELECT min(tabling) FROM tabling AS other
                             WHERE other.referral_id = dealt_with.referral_id AND other.briefing_on IS NOT NULL)
       ) THEN decision END AS decision
FROM (
    SELECT referral_id, municipality, subject_id, decision, tabling,
           min(tabling) OVER of_referral AS first_tabling, max(tabling) OVER of_referral AS last_tabling
    FROM tabling
    WHERE house = %(house)s AND briefing_on BETWEEN %(first_day)s AND %(last_day)s
    WINDOW of_referral AS (PARTITION BY referral_id)
) AS dealt_with
