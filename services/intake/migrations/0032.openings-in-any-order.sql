-- What opens and what closes a purpose may come in another order than it was told: of two events the greater id counts.

ALTER TABLE openings ADD COLUMN told_by uuid;
COMMENT ON COLUMN openings.told_by IS 'The event that told it, of those heard the one with the greatest id; null if intake did it itself, and in rows of before.';
