-- parked_messages --
-- The parked messages without bodies, oldest first; all of them if the limit is null
SELECT id, queue, sender, message_id, kind, problems, parked_at FROM parked
WHERE id > %(after)s ORDER BY id LIMIT %(limit)s

-- hold --
-- Read and lock a parked message: another operator waits until this transaction ends
SELECT id, queue, sender, message_id, kind, problems, parked_at, body, user_id FROM parked WHERE id = %(id)s FOR UPDATE

-- correct --
-- Replace the body and the message id
UPDATE parked SET body = %(body)s, message_id = %(message_id)s WHERE id = %(id)s

-- remove --
-- Delete a message that was replayed or discarded
DELETE FROM parked WHERE id = %(id)s

-- log --
-- Record an action of an operator
INSERT INTO parking_log (what, queue, sender, message_id, became, who, why)
VALUES (%(what)s, %(queue)s, %(sender)s, %(message_id)s, %(became)s, %(who)s, %(why)s)
RETURNING id

-- history --
-- The actions on a message, oldest first
SELECT what, who, why, at FROM parking_log
WHERE sender = %(sender)s AND %(message_id)s IN (message_id, became) ORDER BY id

-- keep_original --
-- Keep the body that a correction replaces
INSERT INTO parking_original (log_id, body) VALUES (%(log_id)s, %(body)s)

-- original --
-- The body before the first correction
SELECT body FROM parking_original JOIN parking_log ON id = log_id
WHERE sender = %(sender)s AND %(message_id)s IN (message_id, became) ORDER BY id LIMIT 1

-- forget_originals --
-- Delete the kept bodies of a discarded message
DELETE FROM parking_original USING parking_log
WHERE id = log_id AND sender = %(sender)s AND %(message_id)s IN (message_id, became)
