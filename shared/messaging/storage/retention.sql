-- delete_refused --
-- Delete the oldest refused and answered messages that have this age, and count them. Their inbox rows go with them: sent once
-- more, such a message is read as a new one
WITH oldest AS (
    SELECT id FROM (SELECT id, parked_at FROM parked WHERE answered ORDER BY id LIMIT %(limit)s) AS first
    WHERE parked_at < now() - make_interval(days => %(days)s)
), gone AS (
    DELETE FROM parked USING oldest WHERE parked.id = oldest.id
    RETURNING house, sender, message_id, reason, parked_at
), forgotten AS (
    DELETE FROM inbox USING gone WHERE (inbox.sender, inbox.message_id) = (gone.sender, gone.message_id)
)
INSERT INTO refusals_before AS before (house, sender, reason, messages, last_at)
SELECT house, sender, reason, count(*), max(parked_at) FROM gone GROUP BY house, sender, reason
ON CONFLICT (house, sender, reason) DO UPDATE
SET messages = before.messages + excluded.messages, last_at = greatest(before.last_at, excluded.last_at)

-- delete_refused_sealed --
-- Delete those about sealed matters of this age, with their inbox rows, and count none
WITH gone AS (
    DELETE FROM parked_sealed WHERE answered AND parked_at < now() - make_interval(days => %(days)s) RETURNING sender, message_id
)
DELETE FROM inbox USING gone WHERE (inbox.sender, inbox.message_id) = (gone.sender, gone.message_id)

-- delete_originals --
-- Delete the bodies that corrections of this age replaced, unless the message is still parked
DELETE FROM parking_original WHERE log_id = ANY(ARRAY(
    SELECT log_id FROM parking_original JOIN parking_log AS entry ON entry.id = log_id
    WHERE at < now() - make_interval(days => %(days)s)
      AND NOT EXISTS (SELECT FROM parked WHERE parked.sender = entry.sender
                      AND (parked.message_id = entry.message_id OR parked.message_id = entry.became))
    LIMIT %(limit)s))

-- delete_actions --
-- Delete the oldest actions of this age on messages that the inbox no longer knows
DELETE FROM parking_log WHERE id = ANY(ARRAY(
    SELECT id FROM parking_log AS entry
    WHERE at < now() - make_interval(days => %(days)s)
      AND NOT EXISTS (SELECT FROM inbox WHERE inbox.sender = entry.sender AND inbox.message_id IN (entry.message_id, entry.became))
      AND NOT EXISTS (SELECT FROM parking_original WHERE log_id = entry.id)
    ORDER BY at
    LIMIT %(limit)s))

-- delete_counts --
-- Delete the counts of refused messages of which the last one has this age; there are few
DELETE FROM refusals_before WHERE last_at < now() - make_interval(days => %(days)s)

-- inbox_pages --
-- The number of pages of the inbox
SELECT pg_relation_size('inbox') / current_setting('block_size')::int AS pages

-- delete_from_inbox --
-- Delete the rows of this age in some pages, unless the message still waits or is parked. By page: an index on the time would
-- cost every message
DELETE FROM inbox
WHERE ctid >= %(first)s::tid AND ctid < %(end)s::tid
  AND received_at < now() - make_interval(days => %(days)s)
  AND NOT EXISTS (SELECT FROM postponed WHERE (postponed.sender, postponed.message_id) = (inbox.sender, inbox.message_id))
  AND NOT EXISTS (SELECT FROM parked WHERE (parked.sender, parked.message_id) = (inbox.sender, inbox.message_id))
  AND NOT EXISTS (SELECT FROM parked_sealed AS sealed WHERE (sealed.sender, sealed.message_id) = (inbox.sender, inbox.message_id))
