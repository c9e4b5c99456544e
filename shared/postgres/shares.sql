-- join --
-- Be counted for as long as the connection lasts
SELECT pg_advisory_lock_shared(hashtextextended(%(work)s || ' ', 0))

-- holders --
-- The process ids of who is counted (share is '') and of who holds which share
WITH asked AS (
    SELECT share, hashtextextended(%(work)s || ' ' || share, 0) AS key
    FROM unnest(array_prepend('', %(names)s::text[])) AS named (share)
)
SELECT share, pid, pid = pg_backend_pid() AS own
FROM pg_locks JOIN asked ON asked.key = (classid::bigint << 32 | objid::bigint)
WHERE locktype = 'advisory' AND objsubid = 1 AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())

-- take --
-- Hold a share, unless another has been quicker
SELECT pg_try_advisory_lock(hashtextextended(%(work)s || ' ' || %(name)s, 0)) AS taken

-- release --
-- Let go of shares
SELECT pg_advisory_unlock(hashtextextended(%(work)s || ' ' || share, 0)) FROM unnest(%(names)s::text[]) AS named (share)

-- end_stalled --
-- End sessions of this role whose client stands still within a pipeline: there the server's own time-outs do not run
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND usename = current_user AND state = 'active' AND wait_event = 'ClientRead'
  AND query_start < clock_timestamp() - interval '30 seconds'
