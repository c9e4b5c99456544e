-- transactional: false
-- The table cases of one case are found without reading those of others.

DROP INDEX CONCURRENTLY IF EXISTS table_cases_by_case;
CREATE INDEX CONCURRENTLY table_cases_by_case ON table_cases (case_id);
