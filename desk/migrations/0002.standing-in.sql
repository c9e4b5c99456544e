ALTER TABLE sessions ADD COLUMN standing_in_for text;
COMMENT ON COLUMN sessions.standing_in_for IS 'the opaque id of the person for whom its person stands in; NULL with the own functions';
