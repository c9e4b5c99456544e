-- transactional: false
-- The watch reads who is open, and which releases were not seen.

DROP INDEX CONCURRENTLY IF EXISTS open_detentions;
CREATE INDEX CONCURRENTLY open_detentions ON detentions (house, open_until) WHERE NOT own_aftercare;
DROP INDEX CONCURRENTLY IF EXISTS releases_to_see;
CREATE INDEX CONCURRENTLY releases_to_see ON detentions (house, release_to_see)
    WHERE NOT own_aftercare AND withdrawn_on IS NULL AND release_to_see IS NOT NULL;
