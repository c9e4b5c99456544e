-- transactional: false
-- What waits for a provider is found without reading what is done.

DROP INDEX CONCURRENTLY IF EXISTS conversations_to_hold;
CREATE INDEX CONCURRENTLY conversations_to_hold ON conversations (house, provider, asked_on) WHERE held_on IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS running_trajectories;
CREATE INDEX CONCURRENTLY running_trajectories ON trajectories (house, provider, starts_on) WHERE ended_on IS NULL;
