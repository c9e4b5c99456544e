-- enter --
-- A command that is under way; gives its key unless that was there. While another transaction has it, this one waits
INSERT INTO commands (house, caller, key, fingerprint)
VALUES (%(house)s, %(caller)s, %(key)s, %(fingerprint)s)
ON CONFLICT DO NOTHING
RETURNING key

-- kept --
-- What was answered, and to which command
SELECT fingerprint, status, headers, body FROM commands
WHERE (house, caller, key) = (%(house)s, %(caller)s, %(key)s)

-- keep --
-- The answer, in the transaction of the command
UPDATE commands SET status = %(status)s, headers = %(headers)s, body = %(body)s
WHERE (house, caller, key) = (%(house)s, %(caller)s, %(key)s)

-- purge --
-- Forget the oldest of what was answered that many days ago
WITH oldest AS (
    SELECT house, caller, key FROM commands
    WHERE at < now() - make_interval(days => %(days)s)
    ORDER BY at
    LIMIT %(limit)s
)
DELETE FROM commands USING oldest
WHERE (commands.house, commands.caller, commands.key) = (oldest.house, oldest.caller, oldest.key)
