-- transactional: false
-- Whatever lists, groups and counts of parked messages read stands in an index, so that they read no message.

DROP INDEX CONCURRENTLY IF EXISTS parked_by_state;
CREATE INDEX CONCURRENTLY parked_by_state ON parked (answered, id) INCLUDE (house, sender, kind, reason, parked_at);
DROP INDEX CONCURRENTLY IF EXISTS parked_by_queue_and_state;
CREATE INDEX CONCURRENTLY parked_by_queue_and_state ON parked (queue, answered);
DROP INDEX CONCURRENTLY IF EXISTS parked_by_queue;
DROP INDEX CONCURRENTLY IF EXISTS parking_log_by_result;
CREATE INDEX CONCURRENTLY parking_log_by_result ON parking_log (sender, became);
