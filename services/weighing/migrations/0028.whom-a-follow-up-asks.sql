-- Whom the owner of a follow-up asks, if the team says it.

ALTER TABLE follow_ups ADD COLUMN asked_of text;
COMMENT ON COLUMN follow_ups.asked_of IS 'A partner, or a code of the profile''s destinations; NULL if the team names nobody.';
