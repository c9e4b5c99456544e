-- transactional: false
-- The oldest and the newest message of a group, and old actions of operators, are found by an index.

DROP INDEX CONCURRENTLY IF EXISTS parked_in_group;
CREATE INDEX CONCURRENTLY parked_in_group ON parked (answered, house, sender, kind, reason, id);
DROP INDEX CONCURRENTLY IF EXISTS parking_log_by_time;
CREATE INDEX CONCURRENTLY parking_log_by_time ON parking_log (at);
COMMENT ON TABLE parking_log IS 'Who did what to which parked message, and why, kept for a set time. '
    'became: the message id from then on, another one only where a correction gave the message its own.';
