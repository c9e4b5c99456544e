-- A table may take no families; an answer that comes too late for a decision is shown as late.

ALTER TABLE referrals ADD COLUMN family boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN referrals.family IS 'Whether the subject is a family; false in rows from before this column.';

ALTER TABLE information_requests
    ADD COLUMN late boolean NOT NULL DEFAULT false,
    ADD COLUMN recorded_at timestamptz;
COMMENT ON COLUMN information_requests.late IS 'The answer came after answer_by, or after the team had decided.';
COMMENT ON COLUMN information_requests.recorded_at IS 'When the answer came in; NULL in rows from before this column.';
