-- transactional: false
-- What partners reported of a case is found when its subject may be forgotten.

DROP INDEX CONCURRENTLY IF EXISTS handed_on_by_case;
CREATE INDEX CONCURRENTLY handed_on_by_case ON handed_on (case_id) WHERE case_id IS NOT NULL;
COMMENT ON COLUMN subjects.data_key IS 'Wrapped by the master key; empty once the subject is forgotten.';
