-- Which records may be of one person or family, and what people decided.

CREATE TABLE to_match (
    subject_id  uuid PRIMARY KEY REFERENCES subjects ON DELETE CASCADE,
    house       text NOT NULL
);
COMMENT ON TABLE to_match IS 'Subjects with a new likeness, until intake has looked for others that are alike.';
INSERT INTO to_match (subject_id, house)
SELECT subject_id, house FROM subjects WHERE EXISTS (SELECT FROM likenesses WHERE likenesses.subject_id = subjects.subject_id);

CREATE TABLE matches (
    match_id     uuid PRIMARY KEY,
    house        text NOT NULL,
    subject_id   uuid NOT NULL REFERENCES subjects,
    other_id     uuid NOT NULL REFERENCES subjects,
    state        text NOT NULL CHECK (state IN ('proposed', 'merged', 'separation_asked', 'separated', 'kept_apart')),
    version      integer NOT NULL DEFAULT 1,
    band         text NOT NULL CHECK (band IN ('sure', 'ask', 'new')),
    score        smallint NOT NULL,
    evidence     jsonb NOT NULL,
    proposed_at  timestamptz NOT NULL,
    merge_id     uuid,
    CHECK (subject_id <> other_id)
);
CREATE UNIQUE INDEX one_match_per_pair ON matches (least(subject_id, other_id), greatest(subject_id, other_id));
CREATE INDEX matches_to_decide ON matches (house, score DESC) WHERE state IN ('proposed', 'separation_asked');
CREATE INDEX matches_by_subject ON matches (subject_id);
CREATE INDEX matches_by_other ON matches (other_id);
COMMENT ON TABLE matches IS 'Pairs of records that may be of one person or family. A pair is proposed once.';
COMMENT ON COLUMN matches.subject_id IS 'The record that was registered first.';
COMMENT ON COLUMN matches.evidence IS 'What each field says: agree, alike, differ or unknown. No value of a field.';
COMMENT ON COLUMN matches.merge_id IS 'Of the link between the two, as it was announced; another one each time that they are merged.';

CREATE TABLE match_decisions (
    match_id    uuid NOT NULL REFERENCES matches,
    version     integer NOT NULL,
    decision    text NOT NULL,
    decided_by  text NOT NULL,
    person_id   text NOT NULL,
    decided_at  timestamptz NOT NULL,
    because     bytea NOT NULL,
    PRIMARY KEY (match_id, version)
);
COMMENT ON TABLE match_decisions IS 'What people decided on a pair: rows are only ever added.';
COMMENT ON COLUMN match_decisions.person_id IS 'The caller: a separation needs two of them.';
COMMENT ON COLUMN match_decisions.because IS 'Sealed with the data key of the record that was registered first.';
