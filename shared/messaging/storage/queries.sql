-- add_to_outbox --
-- Events, to leave after the commit in this order
INSERT INTO outbox (message_id, exchange, routing_key, ordering_key, correlation_id, body)
SELECT message_id, exchange, routing_key, ordering_key, correlation_id, body
FROM unnest(%(message_id)b::uuid[], %(exchange)b::text[], %(routing_key)b::text[], %(ordering_key)b::uuid[],
            %(correlation_id)b::uuid[], %(body)b::bytea[])
     WITH ORDINALITY AS event (message_id, exchange, routing_key, ordering_key, correlation_id, body, place)
ORDER BY place

-- ring_relay --
-- Wake the relay at commit; it looks by itself now and then, so a lost call only costs time
SELECT pg_notify('outbox', '')

-- outbox_head --
-- Of these slices, the first row of each case that is not held back, oldest first. What has its number goes before what
-- has none: an older row may have been committed since. OFFSET 0: asked row by row until there are enough, not in a join
SELECT position, message_id::text, exchange, routing_key, ordering_key, correlation_id::text, body, sequence, slice,
       extract(epoch FROM created_at)::bigint AS created_at
FROM outbox AS head
WHERE slice = ANY(%(slices)b::smallint[])
  AND ordering_key <> ALL(%(held)b::uuid[])
  AND NOT EXISTS (SELECT FROM outbox AS earlier
                  WHERE (earlier.ordering_key, earlier.slice) = (head.ordering_key, head.slice)
                    AND (earlier.sequence IS NULL, coalesce(earlier.sequence, 0), earlier.position)
                      < (head.sequence IS NULL, coalesce(head.sequence, 0), head.position)
                  OFFSET 0)
ORDER BY position
LIMIT %(limit)s

-- delete_from_outbox --
-- Only rows whose confirm is in
DELETE FROM outbox WHERE position = ANY(%(positions)b)

-- outbox_waiting --
-- How many events of these slices wait for the broker, and how long the oldest has, in seconds
WITH waiting AS (SELECT position, created_at FROM outbox WHERE slice = ANY(%(slices)b::smallint[]))
SELECT (SELECT count(*) FROM waiting) AS waiting,
       coalesce((SELECT extract(epoch FROM clock_timestamp() - created_at) FROM waiting ORDER BY position LIMIT 1), 0)::float
           AS oldest_seconds

-- join_relays --
-- Not beside a relay from before there were slices: it holds this lock for itself, and carries all of them
SELECT pg_try_advisory_lock_shared(hashtext('ketenhuis outbox relay')) AS joined

-- remember --
-- Enter messages into the inbox; gives those that were not there
INSERT INTO inbox (sender, message_id, payload_hash)
SELECT * FROM unnest(%(senders)b::text[], %(message_ids)b::uuid[], %(payload_hashes)b::bytea[])
ON CONFLICT DO NOTHING
RETURNING sender, message_id

-- remembered --
-- What the inbox knows of messages: the problems of those that were rejected, which wait for another try or an operator,
-- and which an operator has discarded
SELECT inbox.sender, inbox.message_id, inbox.payload_hash, rejected.problems,
       EXISTS (SELECT FROM parking_log AS entry WHERE entry.what = 'discarded'
               AND (entry.sender, entry.message_id) = (inbox.sender, inbox.message_id)) AS discarded,
       EXISTS (SELECT FROM postponed WHERE (postponed.sender, postponed.message_id) = (inbox.sender, inbox.message_id))
       OR EXISTS (SELECT FROM parked WHERE (parked.sender, parked.message_id) = (inbox.sender, inbox.message_id)) AS set_aside
FROM unnest(%(senders)b::text[], %(message_ids)b::uuid[]) AS asked (sender, message_id)
JOIN inbox USING (sender, message_id)
LEFT JOIN parked AS rejected
    ON (rejected.sender, rejected.message_id, rejected.kind) = (inbox.sender, inbox.message_id, 'rejected')

-- cases_with_postponed --
-- Which of these cases have a message waiting to be tried again
SELECT DISTINCT ordering_key FROM postponed WHERE ordering_key = ANY(%(ordering_keys)b)

-- postpone --
-- Keep a message for another try
INSERT INTO postponed (queue, sender, message_id, ordering_key, body, user_id, attempts, reason, next_attempt_at)
VALUES (%(queue)s, %(sender)s, %(message_id)s, %(ordering_key)s, %(body)s, %(user_id)s, %(attempts)s, %(reason)s,
        clock_timestamp() + make_interval(secs => %(delay)s))

-- due_postponed --
-- The first message of each case whose time has come, or is so far off that it was set by a clock that was wrong
SELECT position, queue, sender, message_id, ordering_key, body, user_id, attempts
FROM postponed AS first
WHERE queue = ANY(%(queues)s)
  AND next_attempt_at NOT BETWEEN clock_timestamp() AND clock_timestamp() + make_interval(secs => %(longest_delay)s)
  AND NOT EXISTS (SELECT FROM postponed AS earlier
                  WHERE earlier.ordering_key = first.ordering_key AND earlier.position < first.position
                  OFFSET 0)
ORDER BY position
LIMIT %(limit)s
FOR UPDATE SKIP LOCKED

-- adopt --
-- What was set aside from these queues, which are no more, is this one's
WITH postponed_before AS (UPDATE postponed SET queue = %(by)s WHERE queue = ANY(%(queues)s))
UPDATE parked SET queue = %(by)s WHERE queue = ANY(%(queues)s)

-- postpone_again --
-- Another try failed
UPDATE postponed
SET attempts = attempts + 1, reason = %(reason)s, next_attempt_at = clock_timestamp() + make_interval(secs => %(delay)s)
WHERE position = %(position)s

-- delete_postponed --
-- It took effect, or was parked
DELETE FROM postponed WHERE position = %(position)s

-- park --
-- Set a message aside with the reason
INSERT INTO parked (queue, sender, message_id, kind, problems, body, user_id)
VALUES (%(queue)s, %(sender)s, %(message_id)s, %(kind)s, %(problems)s, %(body)s, %(user_id)s)

-- set_aside --
-- How many messages stand parked and postponed, per queue, and how long the oldest has been postponed, in seconds
SELECT queue, (SELECT count(*) FROM parked WHERE parked.queue = asked.queue) AS parked, count(postponed) AS postponed,
       coalesce(extract(epoch FROM clock_timestamp() - min(postponed_at)), 0)::float AS postponed_oldest_seconds
FROM unnest(%(queues)b::text[]) AS asked (queue)
LEFT JOIN postponed USING (queue)
GROUP BY queue
