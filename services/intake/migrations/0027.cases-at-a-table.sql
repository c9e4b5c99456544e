-- transactional: false
-- Whether somebody is at a table is looked up for each referral, among the few openings of table cases that run: without this
-- index PostgreSQL reads all openings of the house for it.

DROP INDEX CONCURRENTLY IF EXISTS openings_at_table;
CREATE INDEX CONCURRENTLY openings_at_table ON openings (case_id) WHERE at_table AND last_day IS NULL;
