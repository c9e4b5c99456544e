-- transactional: false
-- What a partner answered lately is found without reading what it was ever asked.

DROP INDEX CONCURRENTLY IF EXISTS information_requests_by_day;
CREATE INDEX CONCURRENTLY information_requests_by_day ON information_requests (answer_by, partner);
