-- join --
-- Take the shared lock by which this process is counted, until its connection ends
SELECT pg_advisory_lock_shared(hashtextextended(%(work)s || ' ', 0))

-- holders --
-- The backend process ids of all counted processes (with share '') and of the holders of shares
WITH named_lock AS (
    SELECT share, hashtextextended(%(work)s || ' ' || share, 0) AS key
    FROM unnest(array_prepend('', %(names)s::text[])) AS named (share)
)
SELECT share, pid, pid = pg_backend_pid() AS own
FROM pg_locks JOIN named_lock ON named_lock.key = (classid::bigint << 32 | objid::bigint)
WHERE locktype = 'advisory' AND objsubid = 1 AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())

-- take --
-- Take the lock of a share, if it is free
SELECT pg_try_advisory_lock(hashtextextended(%(work)s || ' ' || %(name)s, 0)) AS taken

-- release --
-- Release the locks of shares
SELECT pg_advisory_unlock(hashtextextended(%(work)s || ' ' || share, 0)) FROM unnest(%(names)s::text[]) AS named (share)

-- end_stalled --
-- End sessions of this role whose client hangs within a pipeline: the server's own time-outs do not apply there
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND usename = current_user AND state = 'active' AND wait_event = 'ClientRead'
  AND query_start < clock_timestamp() - interval '30 seconds'
