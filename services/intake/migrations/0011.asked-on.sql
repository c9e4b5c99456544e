-- An answer cannot be from before the question.

ALTER TABLE information_requests ADD COLUMN asked_on date;
COMMENT ON COLUMN information_requests.asked_on IS 'NULL in rows from before this column.';
