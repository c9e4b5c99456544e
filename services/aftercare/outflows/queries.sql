-- hear_outflow --
-- A row of a part of a list came in; gives whether the part has all its rows now. Of one part one row is heard at a time
WITH part AS (
    INSERT INTO outflow_parts AS known (house, partner, message_id, list_year, part, parts, rows)
    VALUES (%(house)s, %(partner)s, %(message_id)s, %(list_year)s, %(part)s, %(parts)s, %(rows)s)
    ON CONFLICT (house, partner, message_id) DO UPDATE SET heard = known.heard + 1
    RETURNING heard = rows AS whole),
outflow AS (
    INSERT INTO outflows (outflow_id, house, partner, message_id, row, case_id, municipality, institution, detained_on,
                          released_on)
    VALUES (%(outflow_id)s, %(house)s, %(partner)s, %(message_id)s, %(row)s, %(case_id)s, %(municipality)s,
            %(institution)s, %(detained_on)s, %(released_on)s))
SELECT whole FROM part

-- outflows_of_part --
-- All rows of a part of a list
SELECT outflow_id, row, partner, case_id, municipality, institution, detained_on, released_on
FROM outflows
WHERE (house, partner, message_id) = (%(house)s, %(partner)s, %(message_id)s)
ORDER BY row

-- refuse_outflow_part --
-- None of its rows counts
UPDATE outflow_parts SET state = 'refused'
WHERE (house, partner, message_id) = (%(house)s, %(partner)s, %(message_id)s)

-- replace_outflow_part --
-- What stood for this part makes room, and so do all parts of a list that was divided in another way
UPDATE outflow_parts SET state = 'replaced'
WHERE house = %(house)s AND list_year = %(list_year)s AND state = 'standing'
  AND (part = %(part)s OR parts <> %(parts)s)

-- stand_outflow_part --
-- Its rows count from now on
UPDATE outflow_parts SET state = 'standing'
WHERE (house, partner, message_id) = (%(house)s, %(partner)s, %(message_id)s)

-- outflow_list --
-- How many parts of a house's list of a year stand, and how many there are; nothing while none stands
SELECT count(*) AS standing, max(parts) AS parts
FROM outflow_parts
WHERE house = %(house)s AND list_year = %(list_year)s AND state = 'standing'
HAVING count(*) > 0

-- outflows --
-- The rows that count of a house's list of a year
SELECT outflow_id, row, partner, case_id, municipality, institution, detained_on, released_on
FROM outflows
JOIN outflow_parts USING (house, partner, message_id)
WHERE house = %(house)s AND list_year = %(list_year)s AND state = 'standing'
