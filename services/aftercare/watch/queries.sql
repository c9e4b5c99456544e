-- lock_watch --
-- Hold back whoever else would watch a house, until the transaction ends
SELECT pg_advisory_xact_lock(hashtextextended('watch of ' || %(house)s, 0))
