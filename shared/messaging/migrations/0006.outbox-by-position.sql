-- A row of the outbox is found by its position through the primary key alone.
-- With the position in a second index as well, PostgreSQL read all of that one for each row, once autovacuum had seen the outbox nearly empty.

DROP INDEX outbox_by_case;
CREATE INDEX outbox_by_case ON outbox (ordering_key);
