-- Who belongs with whom: members of families and groups, relatives and partners.

CREATE TABLE relations (
    relation_id    uuid PRIMARY KEY,
    house          text NOT NULL,
    kind           text NOT NULL CHECK (kind IN ('member', 'parent', 'sibling', 'partner', 'ex_partner')),
    subject_id     uuid NOT NULL REFERENCES subjects,
    other_id       uuid NOT NULL REFERENCES subjects,
    since          date,
    until          date,
    source         text,
    recorded_by    text,
    recorded_at    timestamptz NOT NULL,
    ended_by       text,
    withdrawn_by   text,
    withdrawn_at   timestamptz,
    because_text   uuid,
    CHECK (subject_id <> other_id)
);
CREATE INDEX relations_by_subject ON relations (subject_id);
CREATE INDEX relations_by_other ON relations (other_id);
CREATE UNIQUE INDEX one_running_relation ON relations (kind, subject_id, other_id) WHERE until IS NULL AND withdrawn_at IS NULL;
COMMENT ON TABLE relations IS 'subject_id is the member, parent, sibling, partner or former partner of other_id.';
COMMENT ON COLUMN relations.source IS 'The partner that said so; NULL: the people themselves.';
COMMENT ON COLUMN relations.recorded_by IS 'The person who recorded it; NULL: a message of the source.';
COMMENT ON COLUMN relations.because_text IS 'A sealed text of the case of subject_id: why it was a mistake.';

ALTER TABLE subjects DROP CONSTRAINT subjects_kind_check;
ALTER TABLE subjects ADD CONSTRAINT subjects_kind_check CHECK (kind IN ('person', 'family', 'group')) NOT VALID;
