-- transactional: false
-- The referrals of one case are found without reading those of others.

DROP INDEX CONCURRENTLY IF EXISTS referrals_by_case;
CREATE INDEX CONCURRENTLY referrals_by_case ON referrals (case_id);
