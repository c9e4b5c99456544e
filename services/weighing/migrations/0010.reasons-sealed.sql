-- Why a decision was taken back is a text about somebody: from now on it is sealed.

ALTER TABLE decisions_taken_back ADD COLUMN because_text uuid;
COMMENT ON COLUMN decisions_taken_back.because_text IS 'The sealed text of the reason; NULL in rows from before this column, whose reason stands in because.';
