-- Who said what of a subject, and when (docs/adr/0030). What was known before is a claim of nobody's.
-- Stop intake's workers first: those of the version before take sealed matters for open ones, and cannot read the subjects
-- that newer workers register. What such a worker writes all the same is kept.

CREATE TABLE claims (
    position    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subject_id  uuid NOT NULL REFERENCES subjects ON DELETE CASCADE,
    partner     text,
    stated_at   timestamptz NOT NULL,
    said        bytea NOT NULL
);
COMMENT ON TABLE claims IS 'What partners said of a subject: rows are only ever added. What is known of a subject follows from them.';
COMMENT ON COLUMN claims.partner IS 'Null for what was known before claims were kept.';
COMMENT ON COLUMN claims.stated_at IS 'The time of the statement, not of its arrival.';
COMMENT ON COLUMN claims.said IS 'Sealed with the data key of the subject.';

CREATE TABLE likenesses (
    house        text NOT NULL,
    blind_index  bytea NOT NULL,
    subject_id   uuid NOT NULL REFERENCES subjects ON DELETE CASCADE,
    PRIMARY KEY (house, blind_index, subject_id)
);
COMMENT ON TABLE likenesses IS 'What makes two subjects alike without deciding that they are one: keyed hashes of parts of names and birth dates.';

ALTER TABLE subjects ADD COLUMN sealed_only boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN subjects.sealed_only IS 'Known from sealed matters alone: seen by nobody, and never taken for a subject of an open matter.';
ALTER TABLE subjects ALTER COLUMN details DROP NOT NULL;
COMMENT ON COLUMN subjects.details IS 'What was known before claims were kept; not written any more.';

UPDATE subjects SET sealed_only = true
WHERE EXISTS (SELECT FROM referrals WHERE referrals.subject_id = subjects.subject_id)
  AND NOT EXISTS (SELECT FROM referrals WHERE referrals.subject_id = subjects.subject_id AND NOT referrals.sealed);
DELETE FROM traits USING subjects WHERE traits.subject_id = subjects.subject_id AND sealed_only;
CREATE FUNCTION claim_of_the_version_before() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO claims (subject_id, stated_at, said) VALUES (NEW.subject_id, now(), NEW.details);
    RETURN NULL;
END $$;
CREATE TRIGGER claimed AFTER INSERT OR UPDATE OF details ON subjects
FOR EACH ROW WHEN (NEW.details IS NOT NULL) EXECUTE FUNCTION claim_of_the_version_before();
INSERT INTO claims (subject_id, stated_at, said) SELECT subject_id, registered_at, details FROM subjects;
CREATE INDEX claims_by_subject ON claims (subject_id, position);
CREATE INDEX likenesses_by_subject ON likenesses (subject_id);

ALTER TABLE traits DROP CONSTRAINT traits_kind_check;
ALTER TABLE traits ADD CONSTRAINT traits_kind_check CHECK (kind IN ('bsn', 'number', 'name')) NOT VALID;
CREATE UNIQUE INDEX one_subject_per_number ON traits (house, blind_index) WHERE kind = 'number';
