-- open_year --
-- A year of a fund in which something is booked, unless it is there
INSERT INTO fund_years (house, fund, year) VALUES (%(house)s, %(fund)s, %(year)s) ON CONFLICT DO NOTHING

-- lock_year --
-- A year of a fund; whoever else books in it waits until the transaction ends
SELECT closed_on FROM fund_years WHERE house = %(house)s AND fund = %(fund)s AND year = %(year)s FOR NO KEY UPDATE

-- closing --
-- When a year was closed, and on which terms
SELECT closed_on, co_financing_percent, lines FROM fund_years
WHERE house = %(house)s AND fund = %(fund)s AND year = %(year)s AND closed_on IS NOT NULL

-- balances --
-- Each account of a year with what is on it
SELECT kind, line, municipality, about, balance FROM accounts
WHERE house = %(house)s AND fund = %(fund)s AND year = %(year)s

-- add_entry --
-- Something that is booked
INSERT INTO entries (entry_id, house, fund, year, kind, about, booked_on, booked_by, decision, because, corrects)
VALUES (%(entry_id)s, %(house)s, %(fund)s, %(year)s, %(kind)s, %(about)s, %(booked_on)s, %(booked_by)s, %(decision)s,
        %(because)s, %(corrects)s)

-- add_accounts --
-- The accounts of an entry, unless they are there
INSERT INTO accounts (house, fund, year, kind, line, municipality, about)
SELECT %(house)s, %(fund)s, %(year)s, kind, line, municipality, about
FROM unnest(%(kinds)s::text[], %(lines)s::text[], %(municipalities)s::text[], %(abouts)s::uuid[])
     AS given (kind, line, municipality, about)
ON CONFLICT DO NOTHING

-- add_postings --
-- What an entry brings onto its accounts; the database adds it to their balances
INSERT INTO postings (entry_id, account_id, amount)
SELECT %(entry_id)s, account_id, amount
FROM unnest(%(kinds)s::text[], %(lines)s::text[], %(municipalities)s::text[], %(abouts)s::uuid[], %(amounts)s::numeric[])
     AS given (kind, line, municipality, about, amount)
JOIN accounts ON (accounts.house, accounts.fund, accounts.year, accounts.kind) = (%(house)s, %(fund)s, %(year)s, given.kind)
             AND accounts.line IS NOT DISTINCT FROM given.line AND accounts.about IS NOT DISTINCT FROM given.about
             AND accounts.municipality IS NOT DISTINCT FROM given.municipality

-- entries --
-- A page of a house's entries in the order in which they were booked, each with its postings and what corrects it
SELECT entry_id, house, fund, year, kind, about, booked_on, booked_by, decision, because, corrects, booked_at,
       (SELECT correction.entry_id FROM entries AS correction WHERE correction.corrects = entries.entry_id) AS corrected_by,
       postings
FROM entries
CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('kind', accounts.kind, 'line', line, 'municipality', municipality,
                                        'about', accounts.about, 'amount', amount::text) ORDER BY account_id) AS postings
    FROM postings JOIN accounts USING (account_id) WHERE postings.entry_id = entries.entry_id) AS posting
WHERE house = %(house)s
  AND (%(entry_id)s::uuid IS NULL OR entry_id = %(entry_id)s)
  AND (%(fund)s::text IS NULL OR fund = %(fund)s)
  AND (%(year)s::integer IS NULL OR year = %(year)s)
  AND (%(kind)s::text IS NULL OR kind = %(kind)s)
  AND (%(about)s::uuid IS NULL OR about = %(about)s)
  AND (%(after)s::uuid IS NULL OR position > (SELECT earlier.position FROM entries AS earlier WHERE earlier.entry_id = %(after)s))
ORDER BY position
LIMIT %(limit)s

-- is_corrected --
-- Whether an entry has a counter-entry
SELECT entry_id FROM entries WHERE corrects = %(entry_id)s

-- is_revised --
-- Whether a later allotment stands in place of this one
SELECT later.entry_id
FROM entries AS later JOIN entries AS earlier USING (house, fund, year, kind)
WHERE earlier.entry_id = %(entry_id)s AND kind = 'allotment' AND later.position > earlier.position
  AND NOT EXISTS (SELECT FROM entries AS correction WHERE correction.corrects = later.entry_id)
LIMIT 1

-- lines_standing --
-- What each line of a house has that can still be committed, what is committed and what is spent
SELECT fund, year, line, kind, closed_on IS NOT NULL AS is_closed, sum(balance) AS amount
FROM accounts JOIN fund_years USING (house, fund, year)
WHERE house = %(house)s AND kind IN ('available', 'commitment', 'spent')
GROUP BY fund, year, line, kind, closed_on
