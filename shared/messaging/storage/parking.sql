-- parked_messages --
-- What stands parked, oldest first, without what is in it; no limit gives all
SELECT id, queue, sender, message_id, kind, problems, parked_at FROM parked
WHERE id > %(after)s ORDER BY id LIMIT %(limit)s

-- hold --
-- One parked message; another operator waits until this transaction ends
SELECT id, queue, sender, message_id, kind, problems, parked_at, body, user_id FROM parked WHERE id = %(id)s FOR UPDATE

-- correct --
-- Another body, under which the message is known by this id
UPDATE parked SET body = %(body)s, message_id = %(message_id)s WHERE id = %(id)s

-- remove --
-- It was handed back to its reader, or discarded
DELETE FROM parked WHERE id = %(id)s

-- log --
-- Who did what, and why
INSERT INTO parking_log (what, queue, sender, message_id, became, who, why)
VALUES (%(what)s, %(queue)s, %(sender)s, %(message_id)s, %(became)s, %(who)s, %(why)s)
RETURNING id

-- history --
-- What was done to a message before
SELECT what, who, why, at FROM parking_log
WHERE sender = %(sender)s AND %(message_id)s IN (message_id, became) ORDER BY id

-- keep_original --
-- The body that a correction replaces
INSERT INTO parking_original (log_id, body) VALUES (%(log_id)s, %(body)s)

-- original --
-- The body as its sender sent it, if it was corrected
SELECT body FROM parking_original JOIN parking_log ON id = log_id
WHERE sender = %(sender)s AND %(message_id)s IN (message_id, became) ORDER BY id LIMIT 1

-- forget_originals --
-- With a discarded message all its bodies go
DELETE FROM parking_original USING parking_log
WHERE id = log_id AND sender = %(sender)s AND %(message_id)s IN (message_id, became)
