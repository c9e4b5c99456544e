-- transactional: false
-- The release date that was told last is found without reading the others: a partner may tell as many as it likes.

DROP INDEX CONCURRENTLY IF EXISTS release_dates_in_order;
CREATE INDEX CONCURRENTLY release_dates_in_order ON release_dates (detention_id, told_at DESC, statement_id DESC NULLS LAST, position DESC);
DROP INDEX CONCURRENTLY IF EXISTS release_dates_by_detention;
