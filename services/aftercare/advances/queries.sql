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
SELECT advance_id, advances.fund, held.year, advances.line, case_id, advances.municipality, lent_on, held.balance AS outstanding,
       days, amounts
FROM advances
CROSS JOIN LATERAL (
    SELECT year, balance FROM accounts WHERE about = advance_id AND kind = 'advance' ORDER BY year DESC LIMIT 1) AS held
CROSS JOIN LATERAL (
    SELECT min(booked_on) AS lent_on FROM entries WHERE about = advance_id AND kind = 'advance') AS lending
CROSS JOIN LATERAL (
    SELECT array_agg(due_on ORDER BY due_on) AS days, array_agg(amount ORDER BY due_on) AS amounts
    FROM instalments WHERE instalments.advance_id = advances.advance_id) AS instalment
WHERE advances.house = %(house)s
  AND (%(advance_id)s::uuid IS NULL OR advance_id = %(advance_id)s)
  AND (%(case_id)s::uuid IS NULL OR case_id = ANY(ARRAY(SELECT id FROM same_person(ARRAY[%(case_id)s::uuid]))))
  AND (%(after)s::uuid IS NULL OR position > (SELECT earlier.position FROM advances AS earlier WHERE earlier.advance_id = %(after)s))
ORDER BY position
LIMIT %(limit)s
