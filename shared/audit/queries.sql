-- add --
-- Add an entry for each object; PostgreSQL gives it its moment and transaction
INSERT INTO audit_log (action, operation, actor, actor_name, organisation, origin, correlation_id, standing_in_for, theme_roles,
                       status, object_kind, object_id, case_id, house)
SELECT %(action)s, %(operation)s, %(actor)s, %(actor_name)s, %(organisation)s, %(origin)s, %(correlation_id)s,
       %(standing_in_for)s, %(theme_roles)s, %(status)s, kind, id, case_id, coalesce(house, %(house)s)
FROM jsonb_to_recordset(%(concerned)s::jsonb) AS concerned (kind text, id text, case_id uuid, house text)

-- add_refusal --
-- Count a refusal, and add an entry for it if there were few of the kind in this hour
WITH counted AS (
    INSERT INTO audit_refusals AS before (hour, house, organisation, actor, origin, standing_in_for, operation, status,
                                          action, object_kind, actor_name, correlation_id, theme_roles, refusals)
    VALUES (date_trunc('hour', now()), %(house)s, %(organisation)s, %(actor)s, %(origin)s, coalesce(%(standing_in_for)s, ''),
            %(operation)s, %(status)s, %(action)s, %(kind)s, %(actor_name)s, %(correlation_id)s, %(theme_roles)s, 1)
    ON CONFLICT (hour, house, organisation, actor, origin, standing_in_for, operation, status)
    DO UPDATE SET refusals = before.refusals + 1, correlation_id = excluded.correlation_id
    RETURNING refusals
)
INSERT INTO audit_log (action, operation, actor, actor_name, organisation, origin, correlation_id, standing_in_for, theme_roles,
                       status, object_kind, object_id, case_id, house)
SELECT %(action)s, %(operation)s, %(actor)s, %(actor_name)s, %(organisation)s, %(origin)s, %(correlation_id)s,
       %(standing_in_for)s, %(theme_roles)s, %(status)s, %(kind)s, %(id)s, %(case_id)s, %(house)s
FROM counted WHERE refusals <= %(most)s

-- close_hours --
-- Add an entry for the refusals of each hour that is over which have no entry of their own
WITH over AS (DELETE FROM audit_refusals WHERE hour < date_trunc('hour', now()) RETURNING *)
INSERT INTO audit_log (action, operation, actor, actor_name, organisation, origin, correlation_id, standing_in_for, theme_roles,
                       status, object_kind, object_id, house, refusals)
SELECT action, operation, actor, actor_name, organisation, origin, correlation_id, nullif(standing_in_for, ''), theme_roles,
       status, object_kind, '…', house, refusals - %(most)s
FROM over WHERE refusals > %(most)s

-- entries --
-- The newest entries of a house, below another entry; on sealed objects those of actors with no other theme roles than these, and what
-- others were not let in to
SELECT id, at, action, operation, object_kind, object_id, case_id, status, actor, actor_name, organisation, origin, correlation_id,
       standing_in_for, refusals
FROM audit_log
WHERE house = %(house)s
  AND (NOT starts_with(object_kind, 'sealed-') OR status IN (401, 403) OR coalesce(theme_roles, '{theme_role}') <@ %(theme_roles)s::text[])
  AND (%(case_id)s::uuid IS NULL OR case_id = %(case_id)s)
  AND (%(actor)s::text IS NULL OR actor = %(actor)s)
  AND (%(since)s::timestamptz IS NULL OR at >= %(since)s) AND (%(until)s::timestamptz IS NULL OR at < %(until)s)
  AND (%(before)s::bigint IS NULL OR (at, id) < (SELECT at, id FROM audit_log WHERE id = %(before)s AND house = %(house)s))
ORDER BY at DESC, id DESC
LIMIT %(limit)s

-- delete_old --
-- Delete the oldest entries that have this age; the role that works with the log has no other way
SELECT delete_audited(%(days)s, %(limit)s)

-- last_seal --
-- The newest seal, without what it holds of rows
SELECT number, sealed_at, oldest_at, until, ARRAY[]::bigint[] AS rows, ARRAY[]::bytea[] AS digests, previous, hash
FROM audit_seals ORDER BY number DESC LIMIT 1

-- transactions --
-- The oldest running transaction, the next one, and the moment
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest,
       pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS next, clock_timestamp() AS at

-- whole_transactions --
-- Before which transaction a seal ends that begins with this one: whole transactions, of so many rows, all of them finished
SELECT least(%(oldest)s, 1 + (SELECT transaction FROM audit_log WHERE transaction >= %(since)s
                              ORDER BY transaction, id OFFSET %(most)s - 1 LIMIT 1)) AS until

-- rows_between --
-- The rows of the transactions from one up to another
SELECT * FROM audit_log WHERE transaction >= %(since)s AND transaction < %(until)s ORDER BY transaction, id

-- rows_in_no_seal --
-- The rows that no seal holds of transactions before the oldest running one; those from the next one on were restored
SELECT * FROM audit_log
WHERE (transaction < %(oldest)s OR transaction >= %(next)s)
  AND NOT EXISTS (SELECT FROM audit_seals, unnest(rows) AS sealed (id) WHERE sealed.id = audit_log.id)
ORDER BY transaction, id

-- inserted_later --
-- The rows that no seal holds, of the transactions of which seals hold all rows. since, until: of each such range; ids: those of its seals
SELECT audit_log.id
FROM unnest(%(since)s::bigint[], %(until)s::bigint[]) AS range (since, until)
     JOIN audit_log ON transaction >= range.since AND transaction < range.until
WHERE audit_log.id <> ALL(%(ids)s::bigint[])
  AND NOT EXISTS (SELECT FROM audit_seals WHERE audit_log.id = ANY(rows))
ORDER BY audit_log.id

-- add_seal --
-- Add a seal, unless another process added one with this number
INSERT INTO audit_seals (number, sealed_at, oldest_at, until, rows, digests, previous, hash)
VALUES (%(number)s, %(sealed_at)s, %(oldest_at)s, %(until)s, %(rows)s, %(digests)s, %(previous)s, %(hash)s)
ON CONFLICT DO NOTHING

-- seals_after --
-- The next seals, in order
SELECT number, sealed_at, oldest_at, until, rows, digests, previous, hash
FROM audit_seals WHERE number > %(number)s ORDER BY number LIMIT %(limit)s

-- rows_of --
-- Rows by their ids
SELECT * FROM audit_log WHERE id = ANY(%(ids)s)

-- waiting --
-- The number of rows that wait for a seal
SELECT count(*) AS rows FROM audit_log
WHERE transaction >= %(since)s
  AND NOT EXISTS (SELECT FROM audit_seals, unnest(rows) AS sealed (id) WHERE sealed.id = audit_log.id)

-- seal --
-- One seal, without what it holds of rows
SELECT number, sealed_at, oldest_at, until, ARRAY[]::bigint[] AS rows, ARRAY[]::bytea[] AS digests, previous, hash
FROM audit_seals WHERE number = %(number)s

-- checked --
-- How far the check is
SELECT began_at, seal, findings, finished_at, found FROM audit_checked

-- keep_checked --
-- Note how far the check is
INSERT INTO audit_checked (began_at, seal, findings, finished_at, found)
VALUES (%(began_at)s, %(seal)s, %(findings)s, %(finished_at)s, %(found)s)
ON CONFLICT (one) DO UPDATE
SET began_at = excluded.began_at, seal = excluded.seal, findings = excluded.findings,
    finished_at = excluded.finished_at, found = excluded.found
