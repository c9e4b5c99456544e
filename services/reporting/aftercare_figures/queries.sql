-- detentions --
-- Detentions registered in a period (the inflow), by municipality
SELECT municipality, count(*) AS registered, count(*) FILTER (WHERE own_aftercare) AS own_aftercare,
       count(*) FILTER (WHERE weighed) AS weighed,
       count(CASE WHEN release_changed_at IS NULL THEN expected_release_on ELSE release_on END) AS release_known
FROM detention
WHERE house = %(house)s AND registered_on BETWEEN %(first_day)s AND %(last_day)s AND NOT taken_out
GROUP BY municipality

-- aftercare_domains --
-- The life domains of the aftercare plans made in a period, by what was found; of a detention its latest plan
SELECT found.domain, found.bottleneck, found.referred, count(*) AS count
FROM (
    SELECT DISTINCT ON (detention_id) domains
    FROM standing_aftercare_plan
    WHERE house = %(house)s AND made_on BETWEEN %(first_day)s AND %(last_day)s
    ORDER BY detention_id, made_on DESC
) AS latest, jsonb_to_recordset(domains) AS found (domain text, bottleneck text, referred boolean)
GROUP BY found.domain, found.bottleneck, found.referred

-- aftercare_plans --
-- For how many detentions an aftercare plan was made in a period
SELECT count(DISTINCT detention_id) AS count
FROM standing_aftercare_plan
WHERE house = %(house)s AND made_on BETWEEN %(first_day)s AND %(last_day)s
