-- A partner answers for each of its services, and may add to its answer.

ALTER TABLE information_requests
    ADD COLUMN services jsonb,
    ADD COLUMN supplements jsonb;
COMMENT ON COLUMN information_requests.services IS 'The first answer of each service; NULL if the partner named only those that know the subject.';
COMMENT ON COLUMN information_requests.supplements IS 'What the partner added or corrected later, in order; entries are only ever added.';
