-- detentions --
-- Detentions registered in a period (the inflow), by municipality
SELECT municipality, count(*) AS registered, count(*) FILTER (WHERE own_aftercare) AS own_aftercare,
       count(*) FILTER (WHERE weighed) AS weighed, count(coalesce(release_on, expected_release_on)) AS release_known
FROM detention
WHERE house = %(house)s AND registered_on BETWEEN %(first_day)s AND %(last_day)s
GROUP BY municipality

-- aftercare_domains --
-- The life domains of the aftercare plans made in a period, by what was found
SELECT found.domain, found.bottleneck, found.referred, count(*) AS count
FROM aftercare_plan, jsonb_to_recordset(domains) AS found (domain text, bottleneck text, referred boolean)
WHERE house = %(house)s AND made_on BETWEEN %(first_day)s AND %(last_day)s
GROUP BY found.domain, found.bottleneck, found.referred

-- aftercare_plans --
-- How many aftercare plans were made in a period
SELECT count(*) AS count
FROM aftercare_plan
WHERE house = %(house)s AND made_on BETWEEN %(first_day)s AND %(last_day)s
