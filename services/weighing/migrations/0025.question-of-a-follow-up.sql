-- What the owner of a follow-up asks, if the team says it.

ALTER TABLE follow_ups ADD COLUMN question text;
COMMENT ON COLUMN follow_ups.question IS 'A code of the profile''s information_questions; NULL if the team names none.';
