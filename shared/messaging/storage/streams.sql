-- extend --
-- Reserve numbers in streams, `counts` in each; returns the last number of each stream
INSERT INTO streams AS stream (name, last)
SELECT * FROM unnest(%(names)b::text[], %(counts)b::bigint[])
ON CONFLICT (name) DO UPDATE SET last = stream.last + excluded.last
RETURNING name, last

-- number --
-- Set the numbers of outbox rows. Not a join: planned for an empty outbox, a join would be slow on a full one
UPDATE outbox SET sequence = (%(sequences)b::bigint[])[array_position(%(positions)b::bigint[], position)]
WHERE position = ANY(%(positions)b::bigint[])

-- move_from_outbox --
-- Delete confirmed rows, and keep the numbered ones in stream_messages, unless they are there already or were purged.
-- Rows marked `again` stay in the outbox, without the mark
WITH remaining AS (
    UPDATE outbox SET again = false WHERE position = ANY(%(positions)b) AND again
), confirmed AS (
    DELETE FROM outbox WHERE position = ANY(%(positions)b) AND NOT again
    RETURNING routing_key, sequence, message_id, ordering_key, correlation_id, body
)
INSERT INTO stream_messages (stream, sequence, message_id, ordering_key, correlation_id, body)
SELECT confirmed.*
FROM confirmed JOIN streams ON streams.name = confirmed.routing_key AND confirmed.sequence >= streams.first_kept
ON CONFLICT DO NOTHING

-- stream --
-- The last number and the first kept number of a stream, whether replayed messages wait in the outbox, and the number of
-- messages replayed today
SELECT last, first_kept,
       EXISTS (SELECT FROM outbox JOIN stream_messages AS kept USING (sequence)
               WHERE outbox.routing_key = streams.name AND kept.stream = streams.name) AS replay_under_way,
       coalesce((SELECT messages FROM stream_replays
                 WHERE stream = streams.name AND since > now() - interval '24 hours'), 0) AS replayed_today
FROM streams WHERE name = %(name)s

-- one_at_a_time --
-- The next replay of this stream waits, and sees what this one puts into the outbox
SELECT pg_advisory_xact_lock(hashtextextended('replay of ' || %(name)s, 0))

-- send_again --
-- Mark the unconfirmed rows of a stream, from a number on: the partner may have received, and lost, them already
UPDATE outbox SET again = true
WHERE routing_key = %(name)s AND sequence >= %(from_sequence)s
  AND NOT EXISTS (SELECT FROM stream_messages AS kept WHERE (kept.stream, kept.sequence) = (outbox.routing_key, outbox.sequence))

-- replay --
-- Copy the kept messages of a stream, from a number on, to the outbox, unless they wait there already, count them, and
-- wake the relay at the commit. A day starts at its first replay
WITH replayed AS (
    INSERT INTO outbox (message_id, exchange, routing_key, ordering_key, correlation_id, body, sequence)
    SELECT message_id, %(exchange)s, stream, ordering_key, correlation_id, body, sequence
    FROM stream_messages
    WHERE stream = %(name)s AND sequence >= %(from_sequence)s
      AND sequence NOT IN (SELECT sequence FROM outbox WHERE routing_key = %(name)s AND sequence IS NOT NULL)
    ORDER BY sequence
    LIMIT %(limit)s
    RETURNING sequence
)
INSERT INTO stream_replays AS today (stream, messages, since)
SELECT %(name)s, count(*), now() FROM replayed
ON CONFLICT (stream) DO UPDATE SET (messages, since) = (
    SELECT excluded.messages + CASE WHEN goes_on THEN today.messages ELSE 0 END,
           CASE WHEN goes_on THEN today.since ELSE excluded.since END
    FROM (SELECT today.since > now() - interval '24 hours' AS goes_on) AS day
)
RETURNING pg_notify('outbox', '')

-- purge --
-- Delete the oldest of the kept messages that have this age, and move first_kept
WITH oldest AS (
    SELECT stream, sequence FROM stream_messages
    WHERE sent_at < now() - make_interval(days => %(days)s)
    ORDER BY sent_at, sequence
    LIMIT %(limit)s
), purged AS (
    DELETE FROM stream_messages USING oldest
    WHERE (stream_messages.stream, stream_messages.sequence) = (oldest.stream, oldest.sequence)
    RETURNING oldest.stream, oldest.sequence
)
UPDATE streams SET first_kept = greatest(first_kept, last_purged.sequence + 1)
FROM (SELECT stream, max(sequence) AS sequence FROM purged GROUP BY stream) AS last_purged
WHERE streams.name = last_purged.stream
