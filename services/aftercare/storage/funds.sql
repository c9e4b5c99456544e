-- open_year --
-- A year of a fund in which something is booked, unless it is there
INSERT INTO fund_years (house, fund, year) VALUES (%(house)s, %(fund)s, %(year)s) ON CONFLICT DO NOTHING

-- lock_year --
-- A year of a fund; whoever else books in it waits until the transaction ends
SELECT closed_on FROM fund_years WHERE house = %(house)s AND fund = %(fund)s AND year = %(year)s FOR NO KEY UPDATE

-- close_year --
-- A year takes no entry any more
UPDATE fund_years SET closed_on = %(booked_on)s, closed_by = %(booked_by)s, decision = %(decision)s
WHERE house = %(house)s AND fund = %(fund)s AND year = %(year)s

-- closing --
-- When a year was closed, by whom and on which decision
SELECT closed_on, closed_by, decision FROM fund_years WHERE house = %(house)s AND fund = %(fund)s AND year = %(year)s

-- balances --
-- Each account of a year with what is on it
SELECT kind, line, municipality, about, balance FROM accounts
WHERE house = %(house)s AND fund = %(fund)s AND year = %(year)s

-- add_entry --
-- Something that is booked
INSERT INTO entries (entry_id, house, fund, year, kind, about, booked_on, booked_by, decision, corrects)
VALUES (%(entry_id)s, %(house)s, %(fund)s, %(year)s, %(kind)s, %(about)s, %(booked_on)s, %(booked_by)s, %(decision)s,
        %(corrects)s)

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
SELECT entry_id, house, fund, year, kind, about, booked_on, booked_by, decision, corrects, booked_at,
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

-- add_commitment --
-- What is promised to a provider
INSERT INTO commitments (commitment_id, house, fund, year, line, provider, municipality, assignment_id, needs)
VALUES (%(commitment_id)s, %(house)s, %(fund)s, %(year)s, %(line)s, %(provider)s, %(municipality)s, %(assignment_id)s, %(needs)s)

-- commitments --
-- Commitments of a house in the order in which they were made, each with what is left and what is spent
SELECT commitment_id, commitments.fund, commitments.year, commitments.line, provider, commitments.municipality, assignment_id, needs,
       remaining.balance AS remaining, coalesce(spent.balance, 0) AS spent
FROM commitments
JOIN accounts AS remaining ON remaining.about = commitment_id AND remaining.kind = 'commitment'
LEFT JOIN accounts AS spent ON spent.about = commitment_id AND spent.kind = 'spent'
WHERE commitments.house = %(house)s
  AND (%(commitment_id)s::uuid IS NULL OR commitment_id = %(commitment_id)s)
  AND (%(assignment_id)s::uuid IS NULL OR assignment_id = %(assignment_id)s)
  AND (%(fund)s::text IS NULL OR commitments.fund = %(fund)s)
  AND (%(year)s::integer IS NULL OR commitments.year = %(year)s)
  AND (%(line)s::text IS NULL OR commitments.line = %(line)s)
  AND (%(after)s::uuid IS NULL OR position > (SELECT earlier.position FROM commitments AS earlier WHERE earlier.commitment_id = %(after)s))
ORDER BY position
LIMIT %(limit)s

-- line_commitments --
-- All commitments of a year with what they promise and what was spent of them when. A trajectory's is for as long as that lasts
SELECT commitments.line, remaining.balance + coalesce(spent.balance, 0) AS amount,
       coalesce(starts_on, (SELECT min(booked_on) FROM entries WHERE entries.about = commitment_id)) AS starts_on,
       ended_on AS ends_on, spendings.days, spendings.amounts
FROM commitments
JOIN accounts AS remaining ON remaining.about = commitment_id AND remaining.kind = 'commitment'
LEFT JOIN accounts AS spent ON spent.about = commitment_id AND spent.kind = 'spent'
LEFT JOIN trajectories ON trajectory_id = assignment_id
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(booked_on), '{}') AS days, coalesce(array_agg(amount), '{}') AS amounts
    FROM postings JOIN entries USING (entry_id) WHERE postings.account_id = spent.account_id) AS spendings
WHERE commitments.house = %(house)s AND commitments.fund = %(fund)s AND commitments.year = %(year)s

-- lines_standing --
-- What each line of a house has that can still be committed, what is committed and what is spent
SELECT fund, year, line, kind, closed_on IS NOT NULL AS is_closed, sum(balance) AS amount
FROM accounts JOIN fund_years USING (house, fund, year)
WHERE house = %(house)s AND kind IN ('available', 'commitment', 'spent')
GROUP BY fund, year, line, kind, closed_on

-- invoice --
-- A provider's invoice that was taken
SELECT entry_id FROM invoices WHERE house = %(house)s AND partner = %(partner)s AND number = %(number)s

-- add_invoice --
-- An invoice is paid by an entry
INSERT INTO invoices (house, partner, number, entry_id) VALUES (%(house)s, %(partner)s, %(number)s, %(entry_id)s)

-- add_advance --
-- What somebody is lent
INSERT INTO advances (advance_id, house, fund, year, line, case_id, municipality)
VALUES (%(advance_id)s, %(house)s, %(fund)s, %(year)s, %(line)s, %(case_id)s, %(municipality)s)

-- add_instalments --
-- The plan by which it is paid back
INSERT INTO instalments (advance_id, due_on, amount)
SELECT %(advance_id)s, * FROM unnest(%(days)s::date[], %(amounts)s::numeric[])

-- advances --
-- A page of a house's advances in the order in which they were lent, each with its plan and what is outstanding
SELECT advance_id, advances.fund, advances.year, advances.line, case_id, advances.municipality, balance AS outstanding,
       days, amounts
FROM advances
JOIN accounts ON accounts.about = advance_id AND accounts.kind = 'advance'
CROSS JOIN LATERAL (
    SELECT array_agg(due_on ORDER BY due_on) AS days, array_agg(amount ORDER BY due_on) AS amounts
    FROM instalments WHERE instalments.advance_id = advances.advance_id) AS instalment
WHERE advances.house = %(house)s
  AND (%(advance_id)s::uuid IS NULL OR advance_id = %(advance_id)s)
  AND (%(case_id)s::uuid IS NULL OR case_id = %(case_id)s)
  AND (%(after)s::uuid IS NULL OR position > (SELECT earlier.position FROM advances AS earlier WHERE earlier.advance_id = %(after)s))
ORDER BY position
LIMIT %(limit)s
