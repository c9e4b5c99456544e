COMMENT ON COLUMN drafts.sealed IS 'the fields, sealed with SESSION_KEY; empty once the form is done with, so that no draft that comes late is kept';
