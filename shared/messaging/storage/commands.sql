-- enter --
-- Enter the key of a command; returns the key if it is new. Waits for another transaction that has entered the same key
INSERT INTO commands (house, caller, key, fingerprint)
VALUES (%(house)s, %(caller)s, %(key)s, %(fingerprint)s)
ON CONFLICT DO NOTHING
RETURNING key

-- kept --
-- The stored answer, with the fingerprint of its command
SELECT fingerprint, status, headers, body FROM commands
WHERE (house, caller, key) = (%(house)s, %(caller)s, %(key)s)

-- keep --
-- Store the answer, in the transaction of the command
UPDATE commands SET status = %(status)s, headers = %(headers)s, body = %(body)s
WHERE (house, caller, key) = (%(house)s, %(caller)s, %(key)s)

-- purge --
-- Delete the oldest of the answers that have this age
WITH oldest AS (
    SELECT house, caller, key FROM commands
    WHERE at < now() - make_interval(days => %(days)s)
    ORDER BY at
    LIMIT %(limit)s
)
DELETE FROM commands USING oldest
WHERE (commands.house, commands.caller, commands.key) = (oldest.house, oldest.caller, oldest.key)
