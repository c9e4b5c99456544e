-- transactional: false
-- What waits for the people of a house is found without reading what is done.

DROP INDEX CONCURRENTLY IF EXISTS standing_preparations;
CREATE INDEX CONCURRENTLY standing_preparations ON overdue_preparations (house, due_on) WHERE standing;
DROP INDEX CONCURRENTLY IF EXISTS unprepared_releases;
CREATE INDEX CONCURRENTLY unprepared_releases ON releases (house, released_on, release_id) WHERE prepared = 'nothing';
