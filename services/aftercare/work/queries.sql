-- preparations --
-- The detentions of which a raised preparation stands at one of these levels, the longest due first
SELECT detention_id FROM overdue_preparations
WHERE house = %(house)s AND standing AND level = ANY(%(levels)s)
GROUP BY detention_id
ORDER BY min(due_on), detention_id
LIMIT %(limit)s

-- unprepared --
-- The last releases for which nothing was prepared
SELECT release_id FROM releases
WHERE house = %(house)s AND prepared = 'nothing'
ORDER BY released_on DESC, release_id DESC
LIMIT %(limit)s
