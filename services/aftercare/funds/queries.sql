-- close_year --
-- A year takes no entry any more
UPDATE fund_years SET closed_on = %(booked_on)s, closed_by = %(booked_by)s, decision = %(decision)s
WHERE house = %(house)s AND fund = %(fund)s AND year = %(year)s

-- add_allotments --
-- How an allotment is divided
INSERT INTO allotments (entry_id, municipality, outflow, amount, applies)
SELECT %(entry_id)s, * FROM unnest(%(municipalities)s::text[], %(outflows)s::integer[], %(amounts)s::numeric[], %(applicants)s::text[])

-- allotments --
-- How a year's allotment that is not corrected is divided
SELECT municipality, outflow, amount, applies
FROM allotments JOIN entries USING (entry_id)
WHERE house = %(house)s AND fund = %(fund)s AND year = %(year)s
  AND NOT EXISTS (SELECT FROM entries AS correction WHERE correction.corrects = entries.entry_id)
ORDER BY municipality
