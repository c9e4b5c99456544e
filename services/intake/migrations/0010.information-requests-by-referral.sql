-- transactional: false
-- Whether a partner is asked about somebody is found without reading what it was asked about others.

DROP INDEX CONCURRENTLY IF EXISTS information_requests_by_referral;
CREATE INDEX CONCURRENTLY information_requests_by_referral ON information_requests (referral_id);
