-- by_index --
-- Read by an index only, or let the planner choose. The table is empty now and full a moment later: plans for an empty table would
-- be slow on a full one
SELECT set_config(name, %(others)s, true)
FROM unnest(ARRAY['enable_seqscan', 'enable_bitmapscan', 'enable_sort']) AS setting (name)

-- page_ids --
-- The newest messages of a selection with a number below another
SELECT id FROM parked
WHERE answered = %(answered)s AND id < %(before)s
  AND (%(house)s::text IS NULL OR house = %(house)s) AND (%(sender)s::text IS NULL OR sender = %(sender)s)
  AND (%(kind)s::text IS NULL OR kind = %(kind)s) AND (%(reason)s::text IS NULL OR reason = %(reason)s)
ORDER BY id DESC
LIMIT %(limit)s

-- parked_messages --
-- Messages without bodies, newest first; of each at most %(most)s problems
SELECT id, queue, sender, message_id, kind, parked_at, house, reason, answered, jsonb_array_length(problems) AS problem_count,
       jsonb_path_query_array(problems, '$[0 to $last]', jsonb_build_object('last', %(most)s::int - 1)) AS problems
FROM parked WHERE id = ANY(%(ids)s) ORDER BY id DESC

-- parked_groups --
-- The messages of a state by house, sender, kind and reason, the group with the newest message first
SELECT counted.*, newest, newest_at, oldest_at
FROM (
    SELECT house, sender, kind, reason, sum(messages)::bigint AS messages FROM parked_count
    WHERE answered = %(answered)s AND (%(house)s::text IS NULL OR house = %(house)s)
    GROUP BY house, sender, kind, reason) AS counted, LATERAL (
    SELECT id AS newest, parked_at AS newest_at FROM parked
    WHERE answered = %(answered)s
      AND (house, sender, kind, reason) = (counted.house, counted.sender, counted.kind, counted.reason)
    ORDER BY id DESC
    LIMIT 1) AS last, LATERAL (
    SELECT parked_at AS oldest_at FROM parked
    WHERE answered = %(answered)s
      AND (house, sender, kind, reason) = (counted.house, counted.sender, counted.kind, counted.reason)
    ORDER BY id
    LIMIT 1) AS first
ORDER BY newest DESC
LIMIT %(limit)s

-- refusals_before --
-- The refused messages that are only counted by now
SELECT house, sender, reason, messages, last_at FROM refusals_before
WHERE (%(house)s::text IS NULL OR house = %(house)s)
ORDER BY last_at DESC
LIMIT %(limit)s

-- hold --
-- Read and lock a parked message: another operator waits until this transaction ends
SELECT id, queue, sender, message_id, kind, parked_at, house, reason, answered, jsonb_array_length(problems) AS problem_count,
       jsonb_path_query_array(problems, '$[0 to $last]', jsonb_build_object('last', %(most)s::int - 1)) AS problems,
       body, user_id
FROM parked WHERE id = %(id)s FOR UPDATE

-- hold_all --
-- Read and lock parked messages, oldest first; those that another operator has in hand are left out
SELECT id, queue, sender, message_id, kind, parked_at, house, reason, answered, 0 AS problem_count, '[]'::jsonb AS problems, body, user_id
FROM parked WHERE id = ANY(%(ids)s) ORDER BY id FOR UPDATE SKIP LOCKED

-- group_houses --
-- The oldest messages of a selection, between two numbers
SELECT id, house FROM parked
WHERE answered = %(answered)s AND id > %(after)s AND id <= %(newest)s
  AND (%(house)s::text IS NULL OR house = %(house)s) AND (%(sender)s::text IS NULL OR sender = %(sender)s)
  AND (%(kind)s::text IS NULL OR kind = %(kind)s) AND (%(reason)s::text IS NULL OR reason = %(reason)s)
ORDER BY id
LIMIT %(limit)s

-- discard --
-- Delete messages with the bodies that corrections replaced, and record the action on each
WITH gone AS (
    DELETE FROM parked WHERE id = ANY(%(ids)s) RETURNING queue, sender, message_id
), originals AS (
    DELETE FROM parking_original USING parking_log AS entry
    WHERE entry.id = log_id
      AND EXISTS (SELECT FROM gone WHERE gone.sender = entry.sender AND gone.message_id IN (entry.message_id, entry.became))
)
INSERT INTO parking_log (what, queue, sender, message_id, became, who, why)
SELECT 'discarded', queue, sender, message_id, message_id, %(who)s, %(why)s FROM gone

-- correct --
-- Replace the body, the message id and the house
UPDATE parked SET body = %(body)s, message_id = %(message_id)s, house = %(house)s WHERE id = %(id)s

-- remove --
-- Delete a message that is replayed
DELETE FROM parked WHERE id = %(id)s

-- log --
-- Record an action of an operator
INSERT INTO parking_log (what, queue, sender, message_id, became, who, why)
VALUES (%(what)s, %(queue)s, %(sender)s, %(message_id)s, %(became)s, %(who)s, %(why)s)
RETURNING id

-- history --
-- The actions on a message, oldest first
SELECT what, who, why, at FROM parking_log
WHERE sender = %(sender)s AND (message_id = %(message_id)s OR became = %(message_id)s) ORDER BY id

-- keep_original --
-- Keep the body that a correction replaces
INSERT INTO parking_original (log_id, body) VALUES (%(log_id)s, %(body)s)

-- original --
-- The body before the first correction
SELECT body FROM parking_original JOIN parking_log ON id = log_id
WHERE sender = %(sender)s AND (message_id = %(message_id)s OR became = %(message_id)s) ORDER BY id LIMIT 1
