-- close_year --
-- A year takes no entry any more, and keeps its terms
UPDATE fund_years
SET closed_on = %(booked_on)s, closed_by = %(booked_by)s, decision = %(decision)s, closed_at = now(),
    co_financing_percent = %(co_financing_percent)s, lines = %(lines)s
WHERE house = %(house)s AND fund = %(fund)s AND year = %(year)s

-- add_allotments --
-- How an allotment is divided
INSERT INTO allotments (entry_id, municipality, outflow, amount, applies)
SELECT %(entry_id)s, * FROM unnest(%(municipalities)s::text[], %(outflows)s::integer[], %(amounts)s::numeric[], %(applicants)s::text[])

-- allotments --
-- How a year's allotment is divided: the last one that is not corrected
SELECT municipality, outflow, amount, applies
FROM allotments
WHERE entry_id = (
    SELECT entry_id FROM entries
    WHERE house = %(house)s AND fund = %(fund)s AND year = %(year)s AND kind = 'allotment'
      AND NOT EXISTS (SELECT FROM entries AS correction WHERE correction.corrects = entries.entry_id)
    ORDER BY position DESC LIMIT 1)
ORDER BY municipality

-- last_booked_on --
-- The latest day on which something is booked in a year
SELECT max(booked_on) AS last_booked_on FROM entries WHERE house = %(house)s AND fund = %(fund)s AND year = %(year)s
