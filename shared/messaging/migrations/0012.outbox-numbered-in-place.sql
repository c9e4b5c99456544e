-- transactional: false
-- A row of the outbox gets its number on its page, and no index is written: none holds the number, and pages have room.

ALTER TABLE outbox SET (fillfactor = 45);
DROP INDEX CONCURRENTLY IF EXISTS outbox_by_stream;
