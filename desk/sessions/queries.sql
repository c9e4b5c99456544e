-- add --
-- Begin a session.
INSERT INTO sessions (digest, id, person_id, provider_session, sealed, ends_at)
VALUES (%(digest)s, %(id)s, %(person_id)s, %(provider_session)s, %(sealed)s, now() + %(longest)s)

-- find --
-- The session of a cookie, unless it has ended.
SELECT id, digest, sealed, house, standing_in_for, began_at, provider_session
FROM sessions
WHERE digest = %(digest)s AND now() < ends_at AND now() < used_at + %(idle)s

-- lock --
-- The same; whoever comes second waits and reads what the first has written.
SELECT id, digest, sealed, house, standing_in_for, began_at, provider_session
FROM sessions
WHERE digest = %(digest)s AND now() < ends_at AND now() < used_at + %(idle)s
FOR UPDATE

-- use --
-- Note that a session is in use, once a minute; a tab that renews its tokens is not waited for.
UPDATE sessions
SET used_at = now()
WHERE digest = (
    SELECT digest FROM sessions
    WHERE digest = %(digest)s AND used_at < now() - interval '1 minute'
    FOR UPDATE SKIP LOCKED
)

-- renew --
-- Keep renewed tokens, and the person as the provider knows one now.
UPDATE sessions SET sealed = %(sealed)s WHERE digest = %(digest)s

-- choose --
-- From now on, act for this house, and for whom one stands in there.
UPDATE sessions SET house = %(house)s, standing_in_for = %(standing_in_for)s WHERE digest = %(digest)s

-- of_person --
-- A person's sessions that have not ended, the one used last first.
SELECT id, began_at, used_at, digest = %(digest)s AS is_this
FROM sessions
WHERE person_id = %(person_id)s AND now() < ends_at AND now() < used_at + %(idle)s
ORDER BY used_at DESC

-- end --
-- End one session.
DELETE FROM sessions WHERE digest = %(digest)s

-- end_of_person --
-- End a person's sessions, wherever they are.
DELETE FROM sessions WHERE person_id = %(person_id)s RETURNING digest, sealed

-- end_by_provider --
-- End what the provider has ended: one session there, or all of a person; not what began after it said so.
DELETE FROM sessions
WHERE (person_id = %(person_id)s OR %(person_id)s::text IS NULL)
  AND (provider_session = %(provider_session)s OR %(provider_session)s::text IS NULL)
  AND began_at <= %(said_at)s
RETURNING digest

-- forget_ended --
-- Delete the sessions that have ended by themselves.
DELETE FROM sessions WHERE now() >= ends_at OR now() >= used_at + %(idle)s RETURNING digest
