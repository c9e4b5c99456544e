-- transactional: false
-- What is nearly due and not answered is found without reading what is answered.

DROP INDEX CONCURRENTLY IF EXISTS open_information_requests;
CREATE INDEX CONCURRENTLY open_information_requests ON information_requests (answer_by)
    WHERE answered_on IS NULL AND void_on IS NULL;
