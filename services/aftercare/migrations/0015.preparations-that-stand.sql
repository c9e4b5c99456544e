-- Of what was raised, what is missing still, so that nobody has to look at every detention to tell what waits.

ALTER TABLE overdue_preparations ADD COLUMN standing boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN overdue_preparations.standing IS 'Whether it was missing still when the house was watched last.';
