-- transactional: false
-- What the team decided at a briefing is found by its day, without reading all decisions of the house.

DROP INDEX CONCURRENTLY IF EXISTS decisions_by_briefing;
CREATE INDEX CONCURRENTLY decisions_by_briefing ON decisions (briefing_on, house);
