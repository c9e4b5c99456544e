-- add_to_outbox --
-- Add events, in the order of publishing, and wake the relay at the commit. The relay also polls, so a lost notification
-- only costs time
WITH added AS (
    INSERT INTO outbox (message_id, exchange, routing_key, ordering_key, correlation_id, body, sealed)
    SELECT message_id, exchange, routing_key, ordering_key, correlation_id, body, sealed
    FROM unnest(%(message_id)b::uuid[], %(exchange)b::text[], %(routing_key)b::text[], %(ordering_key)b::uuid[],
                %(correlation_id)b::uuid[], %(body)b::bytea[], %(sealed)b::boolean[])
         WITH ORDINALITY AS event (message_id, exchange, routing_key, ordering_key, correlation_id, body, sealed, place)
    ORDER BY place
)
SELECT pg_notify('outbox', '')

-- outbox_head --
-- The first row of each case in these slices, without held cases, oldest first. Within a case, numbered rows come first:
-- a row with a lower position may have been committed after the numbering. OFFSET 0 makes PostgreSQL run the subquery
-- row by row up to the limit, instead of a join of all rows
SELECT position, message_id::text, exchange, routing_key, ordering_key, correlation_id::text, body, sequence, slice,
       extract(epoch FROM created_at)::bigint AS created_at, sealed
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
-- Delete confirmed rows
DELETE FROM outbox WHERE position = ANY(%(positions)b)

-- outbox_waiting --
-- The number of rows in these slices, and the age of the oldest in seconds; none of sealed matters
WITH waiting AS (SELECT position, created_at FROM outbox WHERE slice = ANY(%(slices)b::smallint[]) AND NOT sealed)
SELECT (SELECT count(*) FROM waiting) AS waiting,
       coalesce((SELECT extract(epoch FROM clock_timestamp() - created_at) FROM waiting ORDER BY position LIMIT 1), 0)::float
           AS oldest_seconds

-- join_relays --
-- Share the lock of all relays. A relay of a version without slices holds it exclusively, and publishes all rows
SELECT pg_try_advisory_lock_shared(hashtext('ketenhuis outbox relay')) AS joined

-- remember --
-- Enter messages into the inbox; returns the new ones
INSERT INTO inbox (sender, message_id, payload_hash)
SELECT * FROM unnest(%(senders)b::text[], %(message_ids)b::uuid[], %(payload_hashes)b::bytea[])
ON CONFLICT DO NOTHING
RETURNING sender, message_id

-- forget --
-- Take out of the inbox what was entered and is left to the next transaction
DELETE FROM inbox
USING unnest(%(senders)b::text[], %(message_ids)b::uuid[]) AS left_over (sender, message_id)
WHERE (inbox.sender, inbox.message_id) = (left_over.sender, left_over.message_id)

-- remembered --
-- The inbox rows of messages, with the problems of a rejected message, and whether the message was discarded, or is
-- postponed or parked (set_aside)
SELECT inbox.sender, inbox.message_id, inbox.payload_hash, coalesce(rejected.problems, of_sealed.problems) AS problems,
       EXISTS (SELECT FROM parking_log AS entry WHERE entry.what = 'discarded'
               AND (entry.sender, entry.message_id) = (inbox.sender, inbox.message_id)) AS discarded,
       EXISTS (SELECT FROM postponed WHERE (postponed.sender, postponed.message_id) = (inbox.sender, inbox.message_id))
       OR EXISTS (SELECT FROM parked WHERE (parked.sender, parked.message_id) = (inbox.sender, inbox.message_id))
       OR EXISTS (SELECT FROM parked_sealed AS sealed WHERE (sealed.sender, sealed.message_id) = (inbox.sender, inbox.message_id)) AS set_aside
FROM unnest(%(senders)b::text[], %(message_ids)b::uuid[]) AS wanted (sender, message_id)
JOIN inbox USING (sender, message_id)
LEFT JOIN parked AS rejected
    ON (rejected.sender, rejected.message_id, rejected.kind) = (inbox.sender, inbox.message_id, 'rejected')
LEFT JOIN parked_sealed AS of_sealed
    ON (of_sealed.sender, of_sealed.message_id, of_sealed.kind) = (inbox.sender, inbox.message_id, 'rejected')

-- cases_with_postponed --
-- The cases, of these, with a postponed message
SELECT DISTINCT ordering_key FROM postponed WHERE ordering_key = ANY(%(ordering_keys)b)

-- postpone --
-- Postpone a message
INSERT INTO postponed (queue, sender, message_id, ordering_key, body, user_id, attempts, reason, sealed, next_attempt_at)
VALUES (%(queue)s, %(sender)s, %(message_id)s, %(ordering_key)s, %(body)s, %(user_id)s, %(attempts)s, %(reason)s, %(sealed)s,
        clock_timestamp() + make_interval(secs => %(delay)s))

-- due_postponed --
-- The first postponed message of each case, if due. A time beyond the longest delay was set by a wrong clock: also due
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
-- Move the postponed and parked messages of former queues to another queue
WITH postponed_before AS (UPDATE postponed SET queue = %(by)s WHERE queue = ANY(%(queues)s)),
     sealed_before AS (UPDATE parked_sealed SET queue = %(by)s WHERE queue = ANY(%(queues)s))
UPDATE parked SET queue = %(by)s WHERE queue = ANY(%(queues)s)

-- postpone_again --
-- Count a failed attempt, and set the time of the next one
UPDATE postponed
SET attempts = attempts + 1, reason = %(reason)s, next_attempt_at = clock_timestamp() + make_interval(secs => %(delay)s)
WHERE position = %(position)s

-- delete_postponed --
-- Delete a message that took effect or was parked
DELETE FROM postponed WHERE position = %(position)s

-- park --
-- Park a message with its problems
INSERT INTO parked (queue, sender, message_id, kind, problems, body, user_id, house, reason, answered)
VALUES (%(queue)s, %(sender)s, %(message_id)s, %(kind)s, %(problems)s, %(body)s, %(user_id)s, %(house)s, %(reason)s, %(answered)s)

-- park_sealed --
-- Park a message about a sealed matter, apart from all others
INSERT INTO parked_sealed (queue, sender, message_id, kind, problems, body, user_id, house, answered)
VALUES (%(queue)s, %(sender)s, %(message_id)s, %(kind)s, %(problems)s, %(body)s, %(user_id)s, %(house)s, %(answered)s)

-- parked_of --
-- The number and the size of a queue's parked messages. The limit bounds the cost; PostgreSQL reads no body for its size
SELECT count(*) AS messages, coalesce(sum(octet_length(body)), 0)::bigint AS bytes
FROM (SELECT body FROM parked WHERE queue = %(queue)s UNION ALL SELECT body FROM parked_sealed WHERE queue = %(queue)s
      LIMIT %(limit)s) AS counted

-- set_aside --
-- The numbers of parked and postponed messages per queue, and the age of the oldest postponed message in seconds. A parked
-- message whose sender was answered waits for nobody, and what is on a sealed matter is in no figure
SELECT wanted.queue, (SELECT count(*) FROM parked WHERE parked.queue = wanted.queue AND NOT answered) AS parked,
       count(postponed) AS postponed,
       coalesce(extract(epoch FROM clock_timestamp() - min(postponed_at)), 0)::float AS postponed_oldest_seconds
FROM unnest(%(queues)b::text[]) AS wanted (queue)
LEFT JOIN postponed ON postponed.queue = wanted.queue AND NOT sealed
GROUP BY wanted.queue
