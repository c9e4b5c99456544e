-- Which texts at intake came late, so that whoever holds the case can read them.

ALTER TABLE late_information ADD COLUMN contribution_ids uuid[];
COMMENT ON COLUMN late_information.contribution_ids IS 'Of the texts at intake; null in rows of before.';
