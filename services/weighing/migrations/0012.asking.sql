-- What a partner is asked, by whom, and whether it was reminded or is asked no more.

ALTER TABLE information_requests
    ADD COLUMN asked jsonb,
    ADD COLUMN asked_on date,
    ADD COLUMN asked_by text,
    ADD COLUMN reminded_on date,
    ADD COLUMN void_on date;
COMMENT ON COLUMN information_requests.asked IS 'Which services and what; NULL for all services of a municipality.';
COMMENT ON COLUMN information_requests.asked_on IS 'NULL in rows from before this column.';
COMMENT ON COLUMN information_requests.asked_by IS 'Who asked by hand; NULL for what the house asks by itself.';
COMMENT ON COLUMN information_requests.void_on IS 'When the team decided without the answer; an answer that comes all the same is kept, and late.';
