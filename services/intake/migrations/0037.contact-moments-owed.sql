-- transactional: false
-- Who is still to be answered, longest due first.

DROP INDEX CONCURRENTLY IF EXISTS contact_moments_owed;
CREATE INDEX CONCURRENTLY contact_moments_owed ON contact_moments (house, answer_due_on) WHERE answer_due_on IS NOT NULL;
