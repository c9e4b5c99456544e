-- Who says that a referral is not worrying has read its newest text.

ALTER TABLE held_back ADD COLUMN version integer NOT NULL DEFAULT 1;
COMMENT ON COLUMN held_back.version IS 'Goes up when the sender tells the referral with a newer text before it is weighed.';
COMMENT ON COLUMN held_back.decided_by IS 'What was said stays until somebody says it anew, also once a newer text made worrying NULL again.';
