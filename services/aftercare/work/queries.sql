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

-- assignments --
-- What some providers are asked for and have not done: conversations to hold, and trajectories that have begun and not ended
(SELECT 'conversation' AS kind, conversation_id AS assignment_id, case_id, asked_on AS since
 FROM conversations JOIN detentions USING (detention_id)
 WHERE conversations.house = %(house)s AND held_on IS NULL AND provider = ANY(%(providers)s) AND withdrawn_on IS NULL
 ORDER BY asked_on, conversation_id
 LIMIT %(limit)s)
UNION ALL
(SELECT 'trajectory', trajectory_id, case_id, starts_on
 FROM trajectories
 WHERE house = %(house)s AND ended_on IS NULL AND starts_on <= %(today)s AND provider = ANY(%(providers)s)
 ORDER BY starts_on, trajectory_id
 LIMIT %(limit)s)
