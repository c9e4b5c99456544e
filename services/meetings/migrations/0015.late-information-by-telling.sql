-- transactional: false
-- What nobody has read yet, and where else the same was told, is found without reading what was read.

DROP INDEX CONCURRENTLY IF EXISTS late_information_to_return;
CREATE INDEX CONCURRENTLY late_information_to_return ON late_information (told_by)
    WHERE told_by IS NOT NULL AND seen_on IS NULL AND returned_on IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS late_information_by_telling;
CREATE INDEX CONCURRENTLY late_information_by_telling ON late_information (told_by) WHERE told_by IS NOT NULL;
