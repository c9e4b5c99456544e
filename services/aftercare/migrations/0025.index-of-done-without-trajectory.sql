-- transactional: false
-- What waits for a trajectory is found without reading what came to nothing.

DROP INDEX CONCURRENTLY IF EXISTS wanted_trajectories_to_start;
CREATE INDEX CONCURRENTLY wanted_trajectories_to_start ON wanted_trajectories (house, due_on, follow_up_id)
WHERE ended_as IS NULL OR ended_as = 'done';
