-- read_one_moment --
-- All that this transaction reads is of the same moment
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ

-- links --
-- The subjects that were one person at the end of a period, by the merges in force on its last day
SELECT id, alias
FROM aliases
WHERE house = %(house)s AND merged_on <= %(last_day)s AND (separated_on IS NULL OR separated_on > %(last_day)s)
