-- remember --
-- Enter a message into the inbox; gives no row when it is there already
INSERT INTO inbox (sender, message_id, payload_hash)
VALUES (%(sender)s, %(message_id)s, %(payload_hash)s)
ON CONFLICT DO NOTHING
RETURNING message_id

-- add_to_outbox --
-- One event, to leave after the commit
INSERT INTO outbox (message_id, exchange, routing_key, ordering_key, correlation_id, body)
VALUES (%(message_id)s, %(exchange)s, %(routing_key)s, %(ordering_key)s, %(correlation_id)s, %(body)s)

-- outbox_head --
-- The first rows that no other process carries
SELECT position, message_id, exchange, routing_key, correlation_id, body
FROM outbox
ORDER BY position
LIMIT %(limit)s
FOR UPDATE SKIP LOCKED

-- delete_from_outbox --
-- Only rows whose confirm is in
DELETE FROM outbox WHERE position = ANY(%(positions)s)
