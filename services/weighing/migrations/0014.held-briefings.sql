-- transactional: false
-- Briefings that were held and wait to be settled are found among all others.

DROP INDEX CONCURRENTLY IF EXISTS briefings_to_settle;
CREATE INDEX CONCURRENTLY briefings_to_settle ON briefings (house, on_day) WHERE state = 'held';
