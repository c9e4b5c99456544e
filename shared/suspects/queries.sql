-- note --
-- Somebody is a suspect since a day
INSERT INTO suspects (case_id, house, listed_on) VALUES (%(case_id)s, %(house)s, %(listed_on)s)
ON CONFLICT (case_id) DO UPDATE SET listed_on = greatest(suspects.listed_on, excluded.listed_on)

-- forget_before --
-- What is too old to be shown
DELETE FROM suspects WHERE house = %(house)s AND listed_on < %(day)s

-- forget --
-- Nobody can tell any more whose case it is
DELETE FROM suspects WHERE case_id = %(case_id)s

-- suspects --
-- Which of these cases are of somebody who is a suspect since some days
SELECT given AS case_id, max(listed_on) AS listed_on
FROM same_person(%(case_ids)b::uuid[]) AS record JOIN suspects ON suspects.case_id = record.id
WHERE house = %(house)s AND listed_on >= %(since)s
GROUP BY given
