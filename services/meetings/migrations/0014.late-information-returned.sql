-- What nobody had read when its table case was closed goes back to weighing.

ALTER TABLE late_information ADD COLUMN request_id uuid, ADD COLUMN told_by uuid, ADD COLUMN returned_on date;
COMMENT ON COLUMN late_information.request_id IS 'Of weighing; NULL in rows of before, which are not given back.';
COMMENT ON COLUMN late_information.told_by IS 'The event that told it, the same at each table of the person; NULL in rows of before.';
COMMENT ON COLUMN late_information.returned_on IS 'When the case was found closed, and the information coordinator was left to read it.';
