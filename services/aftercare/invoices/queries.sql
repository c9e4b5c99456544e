-- lock_invoices --
-- Hold back whoever else would pay an invoice of a provider, until the transaction ends
SELECT pg_advisory_xact_lock(hashtextextended('invoices of ' || %(house)s || ' ' || %(partner)s, 0))

-- invoices --
-- The invoices of a year in order, without the payments that were corrected; of a provider, under a number, or all; those after
-- another one, or from the first on
WITH paid AS (
    SELECT min(entry_id::text)::uuid AS entry_id, partner, min(number) AS number, booked_on AS invoiced_on, sum(amount) AS amount
    FROM invoices JOIN entries USING (house, entry_id) JOIN postings USING (entry_id)
    WHERE house = %(house)s
      AND (%(partner)s::text IS NULL OR partner = %(partner)s)
      AND (%(spelling)s::text IS NULL OR coalesce(spelling, lower(btrim(number))) = %(spelling)s)
      AND extract(year FROM booked_on) = %(year)s AND amount > 0
      AND NOT EXISTS (SELECT FROM entries AS correction WHERE correction.corrects = invoices.entry_id)
    GROUP BY partner, coalesce(spelling, lower(btrim(number))), booked_on
)
SELECT * FROM paid
WHERE %(after)s::uuid IS NULL
   OR (invoiced_on, entry_id) > (SELECT invoiced_on, entry_id FROM paid WHERE entry_id = %(after)s)
ORDER BY invoiced_on, entry_id
LIMIT %(limit)s

-- is_invoice --
-- Whether an entry paid an invoice of this house
SELECT FROM invoices WHERE house = %(house)s AND entry_id = %(entry_id)s

-- numbers --
-- The numbers of providers' invoices of a year in order
SELECT DISTINCT partner, number
FROM invoices JOIN entries USING (house, entry_id)
WHERE house = %(house)s AND partner = ANY(%(partners)s)
  AND extract(year FROM booked_on) = %(year)s
  AND NOT EXISTS (SELECT FROM entries AS correction WHERE correction.corrects = invoices.entry_id)
ORDER BY partner, number

-- add_payment --
-- An entry pays an invoice, or a part of it
INSERT INTO invoices (house, partner, number, spelling, entry_id)
VALUES (%(house)s, %(partner)s, %(number)s, %(spelling)s, %(entry_id)s)
