-- A follow-up of the case holder goes to another partner with the case.

ALTER TABLE follow_ups ADD COLUMN agreed_with text;
COMMENT ON COLUMN follow_ups.agreed_with IS 'The owner that the decision names, if another partner does it since; NULL if the owner still does.';
